import type { ConfigValue, SingularTest, TestDeclaration } from '../../1-load/index.ts';
import { nearest, type Span } from '../../diagnostics/index.ts';
import {
  type KeptTest,
  type KeptTests,
  type PlainOwner,
  PlainTest,
  spanNumbers,
} from '../cache/plain-test.ts';
import { fileStart } from '../compile/file-start.ts';
import { canonicalJson, digest, endOfBlanks } from '../compile/hash.ts';
import { type MappedSql, toMappedSql } from '../compile/mapped-sql.ts';
import { CompiledMap, compileMap } from '../compile/source-map.ts';
import { inlineConfig } from '../config/inline-config.ts';
import { mergeConfig, type RawConfig } from '../config/merge.ts';
import { toTestConfig } from '../config/test-config.ts';
import type { NodeContext, Subject } from '../context/node-context.ts';
import { RelationValue } from '../context/relation-value.ts';
import { RenderError, renderError } from '../jinja/error.ts';
import { Evaluator } from '../jinja/evaluator.ts';
import { parseTemplate } from '../jinja/parse.ts';
import { textOf } from '../jinja/values/compare.ts';
import { fromData, toData } from '../jinja/values/json.ts';
import { toText } from '../jinja/values/show.ts';
import { MappedText, type Value } from '../jinja/values/value.ts';
import { generateRelation } from '../names/relation-of.ts';
import type { NodeRenderer } from '../render-node.ts';
import type { Relation, RenderedTest, TestConfig } from '../rendered.ts';
import type { Rendering } from '../rendering.ts';
import { checkInline } from '../resolve-node.ts';
import { plainArguments, testArguments } from './arguments.ts';
import { type BuiltInTest, builtInTests } from './built-in.ts';
import { columnTestNames, shortName, testNames } from './naming.ts';
import type { TestOwner } from './owner.ts';

const plainConfig = toTestConfig({});
const plainConfigJson = canonicalJson(plainConfig);

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

interface TestParts {
  readonly uniqueId: string;
  readonly name: string;
  readonly alias: string;
  readonly path: string;
  readonly span: Span;
  readonly config: TestConfig;
  readonly context: NodeContext;
  readonly sql: MappedSql;
  readonly generic?: RenderedTest['generic'];
  readonly description?: string;
}

type PlainTarget = Pick<TestOwner, 'uniqueId' | 'relation' | 'kind' | 'target'>;

/** Renders data tests: generic ones from YAML, singular ones from files. */
export class TestRenderer {
  readonly #storage = new Map<string, Relation>();
  readonly #projectLayers: readonly RawConfig[];

  constructor(
    readonly rendering: Rendering,
    readonly nodes: NodeRenderer,
  ) {
    const reads = new Set<string>();
    this.#projectLayers = rendering.project.testLayers.map((layer) => rendering.layer(layer, 'test', reads));
  }

  /** The tests declared on a node or source and on its columns. */
  declared(owner: TestOwner): RenderedTest[] {
    const all = [...owner.tests, ...owner.columns.flatMap((column) => column.tests)];
    return all.flatMap((declaration) => this.#generic(owner, declaration) ?? []);
  }

  #generic(owner: TestOwner, declaration: TestDeclaration): RenderedTest | undefined {
    const { rendering } = this;
    const { test, column, span } = declaration;
    if (this.#isPlain(owner, declaration)) return this.#plain(owner, test, column as string, span);
    const names = testNames({
      project: rendering.project.name,
      test: owner.kind === 'source' ? `source_${test}` : test,
      target: owner.target,
      reference: owner.reference,
      ...(column !== undefined && { column }),
      ...(declaration.name !== undefined && { name: declaration.name }),
      arguments: plainArguments(declaration.arguments),
    });
    const context = rendering.context({ uniqueId: names.uniqueId, name: names.name });
    const layer = rendering.layer(declaration.config, 'test', context.reads);
    const raw = mergeConfig([...this.#projectLayers, layer]);
    if (raw.enabled === false || raw.enabled === 'false') return undefined;
    const config = toTestConfig(raw);
    context.depend(owner.uniqueId);
    try {
      const sql = this.#genericSql(owner, declaration, config, context);
      return this.#finish({
        ...names,
        path: span.file,
        span,
        config,
        context,
        sql,
        generic: {
          test,
          attachedTo: owner.uniqueId,
          ...(column !== undefined && { column }),
          arguments: plainArguments(declaration.arguments),
        },
      });
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      error.span ??= span;
      rendering.report(error, names.uniqueId);
      return undefined;
    }
  }

  /** A built-in test without arguments or configuration: most tests of most projects, so they take a short way. */
  #isPlain(owner: TestOwner, { test, column, name, arguments: args, config }: TestDeclaration): boolean {
    return (
      (test === 'not_null' || test === 'unique') &&
      column !== undefined &&
      name === undefined &&
      !owner.isEphemeral &&
      this.#projectLayers.length === 0 &&
      isEmpty(args) &&
      isEmpty(config.values) &&
      !this.rendering.macros.has(`test_${test}`)
    );
  }

  #plain(owner: TestOwner, test: string, column: string, span: Span): PlainTest {
    const { project } = this.rendering;
    const kind = owner.kind === 'source' ? `source_${test}` : test;
    const { name, uniqueId } = columnTestNames(project.name, kind, owner.target, owner.reference, column);
    const kept: KeptTest = [name, uniqueId.slice(-10), test, column, ...spanNumbers(span)];
    return new PlainTest(kept, this.#plainOwner(owner, span.file));
  }

  #plainOwner({ uniqueId, relation, kind, target }: PlainTarget, file: string): PlainOwner {
    return {
      attachedTo: uniqueId,
      dependsOn: [uniqueId],
      file,
      project: this.rendering.project.name,
      config: plainConfig,
      configJson: plainConfigJson,
      sqlOf: (test, column) =>
        (builtInTests.get(test) as BuiltInTest).sql({ model: relation.text, column, arguments: {} }),
      relationOf: (test, name) =>
        this.#relation(shortName(kind === 'source' ? `source_${test}` : test, target, name)),
    };
  }

  /** An owner's rendered tests as the cache keeps them, where all of them are plain. */
  keep(rendered: readonly RenderedTest[]): KeptTests | undefined {
    const plain = rendered.filter((test) => test instanceof PlainTest);
    const file = plain[0]?.owner.file ?? '';
    const isSame = plain.every(({ owner }) => owner.file === file);
    return plain.length === rendered.length && isSame
      ? { file, list: plain.map(({ kept }) => kept) }
      : undefined;
  }

  /** Tests that {@link keep} gave in an earlier run; undefined where a macro has taken a built-in test's name since. */
  again(target: PlainTarget, { file, list }: KeptTests): RenderedTest[] | undefined {
    const { macros } = this.rendering;
    if (macros.has('test_not_null') || macros.has('test_unique')) return undefined;
    const owner = this.#plainOwner(target, file);
    return list.map((kept) => new PlainTest(kept, owner));
  }

  /** @throws RenderError */
  #genericSql(
    owner: TestOwner,
    declaration: TestDeclaration,
    config: TestConfig,
    context: NodeContext,
  ): MappedSql {
    const { test, span } = declaration;
    const macro = context.macro(`test_${test}`);
    const args = testArguments(this.rendering, declaration, context);
    this.#inline(owner, span, context);
    const model =
      config.where === undefined
        ? owner.relation.text
        : `(select * from ${owner.relation.text} where ${config.where}) as dbt_subquery`;
    if (macro !== undefined) return this.#macroSql(owner, declaration, macro, args, config, context);
    const builtIn = builtInTests.get(test);
    if (!builtIn) {
      const known = [
        ...builtInTests.keys(),
        ...[...this.rendering.macros.keys()].flatMap((name) =>
          name.startsWith('test_') ? [name.slice(5)] : [],
        ),
      ];
      const close = nearest(test, known);
      throw renderError('CH221', { name: test, ...(close !== undefined && { nearest: close }) });
    }
    const plain = Object.fromEntries([...args].map(([key, value]) => [key, toData(value) as ConfigValue]));
    const to = args.get('to');
    const column =
      declaration.column ?? (typeof plain.column_name === 'string' ? plain.column_name : undefined);
    const fail = (problem: string) => renderError('CH222', { test, problem });
    if (column === undefined) throw fail('it belongs under a column (or give `column_name`)');
    const unknown = Object.keys(plain).find((key) => ![...builtIn.parameters, 'column_name'].includes(key));
    if (unknown !== undefined) {
      const close = nearest(unknown, builtIn.parameters);
      throw fail(
        `it has no argument \`${unknown}\`${close === undefined ? '' : ` (did you mean \`${close}\`?)`}`,
      );
    }
    const input = { column, arguments: plain, ...(to instanceof RelationValue && { to: to.text }) };
    const problem = builtIn.problem(input);
    if (problem !== undefined) throw fail(problem);
    return this.#at(span, builtIn.sql({ ...input, model }));
  }

  #macroSql(
    owner: TestOwner,
    { column, span }: TestDeclaration,
    macro: Value,
    args: ReadonlyMap<string, Value>,
    config: TestConfig,
    context: NodeContext,
  ): MappedSql {
    const { rendering } = this;
    const model: Value =
      config.where === undefined
        ? owner.relation
        : `(select * from ${owner.relation.text} where ${config.where}) dbt_subquery`;
    const named = new Map<string, Value>([['model', model], ...args]);
    if (column !== undefined) named.set('column_name', column);
    const evaluator = new Evaluator(rendering.session, context, spanTemplate(span));
    const result = evaluator.runCall(macro, { positional: [], named });
    if (result instanceof MappedText) return result;
    return this.#at(span, toText(result));
  }

  /** A test of an ephemeral model brings the model along. */
  #inline(owner: TestOwner, span: Span, context: NodeContext): void {
    if (!owner.isEphemeral) return;
    const template = this.rendering.session.idOf(spanTemplate(span));
    context.ephemerals.set(owner.uniqueId, { template, start: 0, end: 0, frame: 0 });
  }

  /** SQL that nobody wrote, credited to the declaration. */
  #at(span: Span, text: string): MappedSql {
    const template = this.rendering.session.idOf(spanTemplate(span));
    return { text, segments: [0, template, 0, 0, 0] };
  }

  /** A test over a source's declared facts: its axioms and its primary key. */
  fact(
    owner: TestOwner,
    name: string,
    test: string,
    args: Readonly<Record<string, ConfigValue>>,
    sql: string,
    span: Span,
  ): RenderedTest | undefined {
    const { project } = this.rendering;
    const uniqueId = `test.${project.name}.${name}`;
    const context = this.rendering.context({ uniqueId, name });
    context.depend(owner.uniqueId);
    const alias = name.length < 64 ? name : `${name.slice(0, 30)}_${digest(name)}`;
    const generic = { test, attachedTo: owner.uniqueId, arguments: args };
    const config = toTestConfig(mergeConfig(this.#projectLayers));
    return this.#finish({
      uniqueId,
      name,
      alias,
      path: span.file,
      span,
      config,
      context,
      sql: this.#at(span, sql),
      generic,
    });
  }

  /** A file with a select whose rows are failures. */
  singular(test: SingularTest): RenderedTest | undefined {
    const { rendering } = this;
    const { uniqueId, name, file } = test;
    const reads = new Set<string>();
    try {
      const template = parseTemplate(file.path, file.text);
      const inline = inlineConfig(rendering, test, template, reads);
      checkInline(rendering, 'test', uniqueId, inline);
      const layers = test.layers.map((layer) => rendering.layer(layer, 'test', reads));
      const own = inline.map((call) =>
        Object.fromEntries(Object.entries(call).map(([key, { value }]) => [key, value])),
      );
      const raw = mergeConfig([...layers, ...own]);
      if (raw.enabled === false || raw.enabled === 'false') return undefined;
      const subject: Partial<Subject> = { uniqueId, name, config: raw };
      const context = rendering.context(subject);
      for (const read of reads) context.reads.add(read);
      const evaluator = new Evaluator(rendering.session, context, template);
      const sql = toMappedSql(evaluator.run());
      if (endOfBlanks(sql.text, 0) === sql.text.length) throw renderError('CH228', { name });
      for (const warning of context.warnings) rendering.add(warning);
      const description = test.properties?.description;
      return this.#finish({
        uniqueId,
        name,
        alias: textOf(fromData(raw.alias ?? null)) ?? name,
        path: file.path,
        span: fileStart(file.path),
        config: toTestConfig(raw),
        context,
        sql,
        ...(description && { description: rendering.text(description.value, description.span, context) }),
      });
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      error.span ??= fileStart(file.path);
      rendering.report(error, uniqueId);
      return undefined;
    }
  }

  /** Undefined when an ephemeral model it reads failed. */
  #finish(parts: TestParts): RenderedTest | undefined {
    const { context, config, generic } = parts;
    const { rendering } = this;
    const sql = this.nodes.compile(parts);
    if (!sql || rendering.failed.has(parts.uniqueId)) return undefined;
    return {
      kind: 'test',
      uniqueId: parts.uniqueId,
      name: parts.name,
      path: parts.path,
      description: parts.description ?? '',
      dependsOn: context.dependsOn,
      macros: [...context.macrosUsed].sort(),
      hash: digest('test', sql.text, canonicalJson(config)),
      config,
      sql: sql.text,
      map: new CompiledMap(
        () => compileMap(sql.segments, sql.text.length, rendering.session),
        rendering.lines,
      ),
      ...(generic && { generic }),
      relation: this.#relation(parts.alias),
      span: parts.span,
    };
  }

  /** Where failures are stored: dbt's schema for them, and the test's alias. */
  #relation(alias: string): Relation {
    const custom = 'dbt_test__audit';
    let storage = this.#storage.get(custom);
    if (!storage) {
      const named = { uniqueId: '', name: 'test' };
      storage = generateRelation(
        this.rendering,
        named,
        { schema: custom },
        () => fromData({ resource_type: 'test', name: 'test', config: {} }),
        new Set(),
      );
      this.#storage.set(custom, storage);
    }
    return { ...storage, identifier: alias };
  }
}

/** A place in a YAML file as a template without text, so that segments and frames can name it. */
function spanTemplate(span: Span) {
  return { file: span.file, text: '', body: [], inside: { start: span.start.offset, end: span.end.offset } };
}
