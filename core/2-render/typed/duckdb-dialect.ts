import {
  type CommonTableExpressionNameNode,
  type CompiledQuery,
  DefaultQueryCompiler,
  type Dialect,
  DummyDriver,
  type FromNode,
  type GroupByNode,
  type HavingNode,
  type IdentifierNode,
  type JoinNode,
  Kysely,
  type OrderByNode,
  PostgresAdapter,
  PostgresIntrospector,
  type RootOperationNode,
  type SelectionNode,
  type SelectQueryNode,
  type TableNode,
  type WhereNode,
  type WithNode,
} from 'kysely';
import type { Relation } from '../define/references.ts';
import { literal, quoteName } from './keywords.ts';
import { refuse } from './problem.ts';

/** Marks that no SQL holds: a line break with the indent of its depth, and what becomes a Jinja call. */
const line = '\u0001';
const open = '\u0002';
const close = '\u0003';

/**
 * Kysely's queries as DuckDB SQL templates: values become literals, since a model has no parameters; tables become
 * `ref` and `source` calls, so that the renderer finds edges and relations as in any `.sql` file; one selection a line.
 */
class DuckDbQueryCompiler extends DefaultQueryCompiler {
  #ctes = new Set<string>();
  #depth = 0;

  override compileQuery(node: RootOperationNode, queryId: CompiledQuery['queryId']): CompiledQuery {
    this.#ctes = new Set();
    this.#depth = 0;
    const compiled = super.compileQuery(node, queryId);
    return { ...compiled, sql: finish(compiled.sql) };
  }

  protected override getLeftIdentifierWrapper(): string {
    return '';
  }

  protected override getRightIdentifierWrapper(): string {
    return '';
  }

  protected override visitIdentifier(node: IdentifierNode): void {
    this.append(quoteName(node.name));
  }

  protected override appendValue(value: unknown): void {
    const text = literal(value);
    if (text === undefined) {
      refuse('CH257', {
        problem: `a value of type ${typeof value} cannot be written as SQL`,
        fix: 'Use numbers, text, Booleans, null or a Date, or write the expression with `sql`.',
      });
    }
    this.append(text);
  }

  protected override appendImmediateValue(value: unknown): void {
    this.appendValue(value);
  }

  protected override visitSelectQuery(node: SelectQueryNode): void {
    const isNested = this.parentNode !== undefined;
    if (isNested) this.#depth++;
    super.visitSelectQuery(node);
    if (isNested) this.#depth--;
  }

  protected override visitWith(node: WithNode): void {
    super.visitWith(node);
    this.#newLine();
    this.#newLine();
  }

  protected override visitSelection(node: SelectionNode): void {
    this.#newLine(1);
    super.visitSelection(node);
  }

  protected override visitFrom(node: FromNode): void {
    this.#newLine();
    super.visitFrom(node);
  }

  protected override visitJoin(node: JoinNode): void {
    this.#newLine();
    super.visitJoin(node);
  }

  protected override visitWhere(node: WhereNode): void {
    this.#newLine();
    super.visitWhere(node);
  }

  protected override visitGroupBy(node: GroupByNode): void {
    this.#newLine();
    super.visitGroupBy(node);
  }

  protected override visitHaving(node: HavingNode): void {
    this.#newLine();
    super.visitHaving(node);
  }

  protected override visitOrderBy(node: OrderByNode): void {
    this.#newLine();
    super.visitOrderBy(node);
  }

  protected override visitCommonTableExpressionName(node: CommonTableExpressionNameNode): void {
    this.#ctes.add(node.table.table.identifier.name);
    super.visitCommonTableExpressionName(node);
  }

  /** A table where it is read, its name where it is referred to. */
  protected override visitTable({ table: { schema, identifier } }: TableNode): void {
    const parent = this.parentNode?.kind;
    const isRead = parent === 'AliasNode' || parent === 'FromNode' || parent === 'JoinNode';
    if (!isRead || (schema === undefined && this.#ctes.has(identifier.name))) {
      this.append(quoteName(identifier.name));
      return;
    }
    const call =
      schema === undefined
        ? `ref(${jinjaText(identifier.name)})`
        : `source(${jinjaText(schema.name)}, ${jinjaText(identifier.name)})`;
    this.append(`${open}${call}${close}`);
    if (parent !== 'AliasNode') this.append(` as ${quoteName(identifier.name)}`);
  }

  #newLine(more = 0): void {
    this.append(line + '    '.repeat(this.#depth + more));
  }
}

/** How a template reads a relation: `{{ ref('orders') }}`, `{{ source('raw', 'orders') }}`. */
export function refCall({ relation, name }: Relation): string {
  if (relation === 'model') return `{{ ref(${jinjaText(name)}) }}`;
  const [source = '', table = ''] = name.split(/\.(.*)/s);
  return `{{ source(${jinjaText(source)}, ${jinjaText(table)}) }}`;
}

/** A macro called from SQL that goes through this dialect. @example macroCall('cents', ['d.amount', 2]) */
export function macroCall(name: string, args: readonly (string | number | boolean | null)[]): string {
  if (args.some((arg) => typeof arg === 'string' && arg.includes(open)))
    refuse('CH257', {
      problem: `an argument of the macro \`${name}\` calls a macro`,
      fix: 'Call the other macro within the macro.',
    });
  const list = args.map((arg) =>
    arg === null ? 'none' : typeof arg === 'string' ? jinjaText(arg) : String(arg),
  );
  return `${open}${name}(${list.join(', ')})${close}`;
}

function jinjaText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A select in brackets: it begins on a line of its own, one step in. */
const nested = new RegExp(`\\((select(?: distinct)?) ?${line}( *) {4}`, 'g');

/** Blanks before a line break go; what Jinja would read as its own is escaped. */
function finish(text: string): string {
  return text
    .replaceAll(`${line} select`, `${line}select`)
    .replace(nested, (_, select: string, indent: string) => `(${line}${indent}${select}${line}${indent}    `)
    .replace(/\{(?=[{%#])/g, "{{ '{' }}")
    .split(line)
    .map((part, i, parts) => (i < parts.length - 1 ? part.trimEnd() : part))
    .join('\n')
    .replaceAll(open, '{{ ')
    .replaceAll(close, ' }}');
}

/** Compiles only: typed files never touch an engine. */
const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new DuckDbQueryCompiler(),
};

/**
 * A Kysely that compiles to templates of DuckDB SQL.
 *
 * @example queryBuilder().selectFrom('orders').selectAll().compile().sql // select\n *\nfrom {{ ref('orders') }} as orders
 */
export function queryBuilder<Tables>(): Kysely<Tables> {
  return new Kysely<Tables>({ dialect });
}
