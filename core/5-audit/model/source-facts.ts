import type { ColumnProperties } from '../../1-load/index.ts';
import type { RenderedNode, RenderedSource } from '../../2-render/index.ts';
import { decodePlan, type PlanExpression } from '../../sql/index.ts';
import type { Engine } from '../engine.ts';
import { isNever } from '../on-data/masked-source.ts';
import type { Availability, SourceColumn, SourceFacts } from '../plan/relation.ts';
import { quoteRelation } from '../quote.ts';
import type { Catalog, TableNode } from './catalog.ts';
import { mapReferences } from './map-references.ts';

/** SQL of a declaration that DuckDB refused, or that is no instant. */
export interface BadDeclaration {
  readonly node: string;
  readonly what: string;
  readonly sql: string;
  readonly message: string;
}

/** What is declared of a source, seed or snapshot, its SQL bound against the table. */
export async function sourceFacts(
  catalog: Catalog,
  node: TableNode,
  bad: BadDeclaration[],
): Promise<SourceFacts> {
  const bind = async (what: string, sql: string): Promise<PlanExpression | undefined> => {
    try {
      return await bindExpression(catalog.engine, node, sql);
    } catch (error) {
      bad.push({ node: node.uniqueId, what, sql, message: (error as Error).message });
      return undefined;
    }
  };
  const availability = async (what: string, sql: string | undefined): Promise<Availability | undefined> => {
    if (sql === undefined) return undefined;
    if (isNever(sql)) return { kind: 'never' };
    const expression = await bind(what, sql);
    return expression && { kind: 'at', expression };
  };
  const declared = new Map(propertiesOf(node).map((column) => [column.name.toLowerCase(), column]));
  const columns: SourceColumn[] = [];
  for (const { name, type } of catalog.columns(node.uniqueId)) {
    const column = declared.get(name.toLowerCase());
    const sql = column?.availableAt?.value ?? snapshotCell(node, name);
    const at = await availability(`available_at of ${name}`, sql);
    // An availability that cannot be read must not count as none: the cell is never known.
    const known = sql === undefined ? undefined : (at ?? { kind: 'never' as const });
    columns.push({ name, type: baseType(type), notNull: isNotNull(node, column), availableAt: known });
  }
  const axioms: { text: string; expression: PlanExpression }[] = [];
  for (const axiom of node.kind === 'source' ? node.table.axioms : []) {
    const expression = await bind('axiom', axiom.value);
    if (expression !== undefined) axioms.push({ text: axiom.value, expression });
  }
  return {
    uniqueId: node.uniqueId,
    name: node.kind === 'source' ? `${node.sourceName}.${node.name}` : node.name,
    columns,
    availableAt: await availability('available_at', rowAvailability(node, columns)),
    axioms,
    keys: keysOf(node, columns),
    constant: node.kind === 'seed',
  };
}

function propertiesOf(node: TableNode): readonly ColumnProperties[] {
  return node.kind === 'source' ? node.table.columns : node.columns;
}

/** A snapshot's own record of its past stands for its availability: see the docs on what is not proved. */
function rowAvailability(node: TableNode, columns: readonly SourceColumn[]): string | undefined {
  if (node.kind === 'source') return node.table.availableAt?.value;
  return node.kind === 'snapshot' && columns.some(({ name }) => name === 'dbt_valid_from')
    ? 'dbt_valid_from'
    : undefined;
}

function snapshotCell(node: TableNode, column: string): string | undefined {
  return node.kind === 'snapshot' && column === 'dbt_valid_to' ? 'dbt_valid_to' : undefined;
}

function isNotNull(node: TableNode, column: ColumnProperties | undefined): boolean {
  if (column === undefined || node.kind !== 'source') return false;
  return (
    hasTest(column, 'not_null') ||
    node.table.primaryKey.some(({ value }) => value.toLowerCase() === column.name.toLowerCase())
  );
}

/** A data test holds for every row only if nothing narrows it. */
function hasTest(column: ColumnProperties, name: string): boolean {
  return column.tests.some(
    ({ test, config, arguments: given }) =>
      test === name && given.where === undefined && config.values.where === undefined,
  );
}

function keysOf(node: TableNode, columns: readonly SourceColumn[]): number[][] {
  if (node.kind !== 'source') return [];
  const place = (name: string): number =>
    columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  const declared = node.table.primaryKey.map(({ value }) => place(value));
  const unique = node.table.columns
    .filter((column) => hasTest(column, 'unique'))
    .map(({ name }) => [place(name)]);
  return [...(declared.length > 0 ? [declared] : []), ...unique].filter((key) =>
    key.every((column) => columns[column] !== undefined && columns[column]?.availableAt === undefined),
  );
}

/** An expression over the table's row: its references are positions in the table. */
async function bindExpression(
  engine: Engine,
  node: RenderedSource | RenderedNode,
  sql: string,
): Promise<PlanExpression> {
  const plan = decodePlan(await engine.plan(`select (${sql}) as value from ${quoteRelation(node.relation)}`));
  if ('error' in plan) throw new Error(plan.error);
  if (plan.kind !== 'projection' || plan.child.kind !== 'get') {
    throw new Error('it must be an expression over the row, without subqueries or window functions');
  }
  const { columns } = plan.child;
  const expression = plan.expressions[0] as PlanExpression;
  return mapReferences(expression, (index) => columns[index] ?? index);
}

function baseType(type: string): string {
  return type.replace(/\(.*$/s, '').replace(/\[.*$/s, '') === type.trim()
    ? type.trim()
    : type.endsWith(']')
      ? 'LIST'
      : (type.split('(')[0] as string).trim();
}
