import type { Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { aside } from '../../remote/aside.ts';
import type { SeedRows } from '../../remote/read-seeds.ts';
import { identifier, literal, relationName } from '../quote.ts';
import { sparkColumnType } from '../types.ts';
import type { SparkContext } from './context.ts';
import { createTable, dropOtherKind, dropTable, replaceFromAside } from './shared.ts';

const rowsPerStatement = 500;

/** The rows as literals, cast to the seed's types; built aside, because it may take several statements. */
export function materializeSeed({ node, existing }: SparkContext, seed: SeedRows): Materialized {
  const stage = aside(node.relation);
  const statements: Statement[] = [
    createTable(node, stage, `${valuesOf(seed, seed.rows.slice(0, rowsPerStatement))}`),
  ];
  for (let at = rowsPerStatement; at < seed.rows.length; at += rowsPerStatement) {
    const select = valuesOf(seed, seed.rows.slice(at, at + rowsPerStatement));
    statements.push({ sql: `insert into ${relationName(stage)}\n${select}`, countsRows: false });
  }
  return {
    ok: true,
    action: 'load seed',
    statements,
    publish: [...dropOtherKind(existing, 'table'), replaceFromAside(node)],
    cleanUp: [dropTable(stage)],
  };
}

function valuesOf({ columns }: SeedRows, rows: SeedRows['rows']): string {
  const casts = columns.map(
    ({ name, type }, index) =>
      `cast(c${index} as ${sparkColumnType(type) ?? 'string'}) as ${identifier(name)}`,
  );
  const names = columns.map((_, index) => `c${index}`).join(', ');
  const none = rows.length === 0;
  const list = none ? [columns.map(() => null)] : rows;
  const values = list.map(
    (row) => `(${row.map((text) => (text === null ? 'null' : literal(text))).join(', ')})`,
  );
  return `select ${casts.join(', ')}\nfrom values ${values.join(',\n')} as t(${names})${none ? '\nwhere false' : ''}`;
}
