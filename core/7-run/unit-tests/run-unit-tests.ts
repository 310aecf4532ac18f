import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ConfigValue, Project, UnitTestDeclaration } from '../../1-load/index.ts';
import { type Relation, type RenderedNode, renderNode } from '../../2-render/index.ts';
import type { Graph } from '../../3-graph/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import { type Diagnostic, nearest, reportRun } from '../../diagnostics/index.ts';
import { identifier, relationName } from '../adapters/duckdb/quote.ts';
import { BadUnitTest, createTable, csvRows, type Given, givenOf, insertRows, mapping } from './fixture.ts';
import { overridden } from './overrides.ts';

export interface UnitTestInput {
  readonly project: Project;
  readonly graph: Graph;
  readonly columns: ReadonlyMap<string, readonly BoundColumn[]>;
  /** Unit tests of these models run. */
  readonly selected: ReadonlySet<string>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface UnitTestResult {
  readonly name: string;
  readonly status: 'pass' | 'fail' | 'error';
  readonly seconds: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Runs dbt's unit tests: each in a database of its own in memory that holds the given rows and nothing else, so that
 * no data is touched. An input that is not given is empty; expected rows are compared in the columns they name,
 * without order.
 */
export async function runUnitTests(input: UnitTestInput): Promise<UnitTestResult[]> {
  const results: UnitTestResult[] = [];
  for (const test of input.project.unitTests ?? []) {
    const known = input.project.nodes.find(({ kind, name }) => kind === 'model' && name === test.model.value);
    if ((known && !input.selected.has(known.uniqueId)) || isDisabled(test)) continue;
    const started = performance.now();
    const diagnostics = await problemsOf(test, input);
    const [first] = diagnostics;
    const status = first === undefined ? 'pass' : first.code === 'CH750' ? 'fail' : 'error';
    results.push({ name: test.name, status, seconds: (performance.now() - started) / 1000, diagnostics });
  }
  return results;
}

function isDisabled({ values }: UnitTestDeclaration): boolean {
  return (mapping(values.config).enabled ?? values.enabled) === false;
}

async function problemsOf(test: UnitTestDeclaration, input: UnitTestInput): Promise<readonly Diagnostic[]> {
  const place = { span: test.span };
  try {
    const model = await modelOf(test, input);
    const differences = await compare(test, model, input);
    return differences.length === 0 ? [] : [reportRun('CH750', { name: test.name, differences }, place)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const code = error instanceof BadUnitTest ? 'CH751' : 'CH752';
    return [reportRun(code, { name: test.name, reason }, place)];
  }
}

/** The model as the test's overrides make it. */
async function modelOf(
  test: UnitTestDeclaration,
  { project, graph, environment }: UnitTestInput,
): Promise<RenderedNode> {
  const name = test.model.value;
  const models = project.nodes.filter(({ kind }) => kind === 'model');
  const found = models.find((node) => node.name === name);
  if (!found) {
    const close = nearest(
      name,
      models.map((node) => node.name),
    );
    throw new BadUnitTest(
      `there is no model \`${name}\`${close === undefined ? '' : ` (did you mean \`${close}\`?)`}`,
    );
  }
  const changed = await overridden(project, test);
  if (changed === undefined) {
    const node = graph.nodes.get(found.uniqueId);
    if (node?.kind === 'model') return node;
    throw new BadUnitTest(`the model \`${name}\` is disabled`);
  }
  const rendered = renderNode(changed.project, found.uniqueId, {
    environment: { ...environment, ...changed.environment },
  });
  if (rendered.node) return rendered.node;
  throw new BadUnitTest(rendered.diagnostics[0]?.message ?? `the model \`${name}\` cannot be rendered`);
}

/** Whether the test asks for the incremental query, with its own table given as `this`. */
function isIncremental(test: UnitTestDeclaration): boolean {
  return mapping(mapping(test.values.overrides).macros).is_incremental === true;
}

async function compare(
  test: UnitTestDeclaration,
  model: RenderedNode,
  input: UnitTestInput,
): Promise<string[]> {
  const incremental = isIncremental(test) ? model.incremental?.sql : undefined;
  const expect = mapping(test.values.expect as ConfigValue | undefined);
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    for (const statement of setUp(test, model, input)) await connection.run(statement);
    const sql = (incremental ?? model.sql).replace(/;\s*$/, '');
    await connection.run(`create temp table actual as\n${sql}\n`);
    const columns = (await connection.runAndReadAll('describe actual'))
      .getRows()
      .map(([name, type]): BoundColumn => ({ name: String(name), type: String(type) }));
    await connection.run('create temp table expected as from actual limit 0');
    const rows = insertRows(expect, 'expected', columns, 'what is expected', input.project.fixtures ?? []);
    for (const statement of rows.statements) await connection.run(statement);
    const named =
      rows.select === undefined ? rows.named : await columnsOf(connection, `(\n${rows.select}\n)`);
    const names = (named.length > 0 ? named : columns.map(({ name }) => name)).map(identifier).join(', ');
    const minus = async (from: string, other: string, sign: string) => {
      const text = `select ${names} from ${from} except all select ${names} from ${other} order by all limit 5`;
      const found = (await connection.runAndReadAll(text)).getRowObjectsJson();
      return found.map((row) => `${sign} ${JSON.stringify(row)}`);
    };
    return [...(await minus('expected', 'actual', '-')), ...(await minus('actual', 'expected', '+'))];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

interface Input {
  readonly relation: Relation;
  readonly columns: readonly BoundColumn[];
  readonly seed?: RenderedNode;
}

/** As in dbt: a seed that is given without rows has those of its file. */
function seedRows({ config, rawSql }: RenderedNode): Readonly<Record<string, ConfigValue>> {
  return { rows: csvRows(rawSql, config.delimiter) };
}

async function columnsOf(connection: DuckDBConnection, of: string): Promise<string[]> {
  return (await connection.runAndReadAll(`describe ${of}`)).getRows().map(([name]) => String(name));
}

/** Statements that make the inputs: all empty, then the given rows. */
function setUp(
  test: UnitTestDeclaration,
  model: RenderedNode,
  { project, graph, columns }: UnitTestInput,
): string[] {
  const inputs = new Map<string, Input>();
  const visit = (ids: readonly string[]): void => {
    for (const id of ids) {
      const node = graph.nodes.get(id);
      if (node === undefined || node.kind === 'test') continue;
      if (node.kind === 'model' && node.config.materialized === 'ephemeral') visit(node.dependsOn);
      else {
        const seed = node.kind === 'seed' ? node : undefined;
        inputs.set(id, { relation: node.relation, columns: columns.get(id) ?? [], ...(seed && { seed }) });
      }
    }
  };
  visit(model.dependsOn);
  inputs.set('this', { relation: model.relation, columns: columns.get(model.uniqueId) ?? [] });
  const statements = [...inputs.values()].flatMap((table) => createTable(table.relation, table.columns));
  for (const given of givenOf(test)) {
    const table = [...inputs].find(([id]) => isInput(given, id))?.[1];
    if (!table) throw new BadUnitTest(`\`${model.name}\` does not read ${given.input}`);
    const seed = given.fixture.rows === undefined && given.fixture.fixture === undefined && table.seed;
    const rows = insertRows(
      seed ? seedRows(seed) : given.fixture,
      relationName(table.relation),
      table.columns,
      given.input,
      project.fixtures ?? [],
    );
    statements.push(...rows.statements);
  }
  return statements;
}

/** Whether a unique_id (`model.shop.orders`, `source.shop.raw.orders`) is what `given` names. */
function isInput({ kind, name }: Given, id: string): boolean {
  if (kind === 'this') return id === 'this';
  const [type, , ...rest] = id.split('.');
  return (type === 'source') === (kind === 'source') && rest.join('.') === name;
}
