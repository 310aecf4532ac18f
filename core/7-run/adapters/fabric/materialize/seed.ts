import { fabricColumnType } from '../../../../6-emit/index.ts';
import type { Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { aside } from '../../remote/aside.ts';
import type { TranslatedContext } from '../../remote/context.ts';
import type { SeedRows } from '../../remote/read-seeds.ts';
import { identifier, identifiers, literal, relationName } from '../quote.ts';
import { batch, drop, swapIn } from './shared.ts';

/** The most rows that one VALUES of an INSERT may have. */
const rowsPerStatement = 1000;

/** A seed: a table of its types made aside, filled by literals that T-SQL converts, swapped in. */
export function materializeSeed({ node, existing }: TranslatedContext, seed: SeedRows): Materialized {
  const stage = relationName(aside(node.relation));
  const types = seed.columns.map(
    ({ name, type }) => `${identifier(name)} ${fabricColumnType(type) ?? 'varchar(8000)'} null`,
  );
  const names = identifiers(seed.columns.map(({ name }) => name));
  const inserts: Statement[] = [];
  for (let at = 0; at < seed.rows.length; at += rowsPerStatement) {
    const rows = seed.rows.slice(at, at + rowsPerStatement).map(rowText);
    inserts.push({ sql: `insert into ${stage} (${names}) values\n${rows.join(',\n')}` });
  }
  return {
    ok: true,
    action: 'load seed',
    statements: [
      batch([`drop table if exists ${stage};`, `create table ${stage} (${types.join(', ')})`]),
      ...inserts,
    ],
    publish: [swapIn(node, existing)],
    cleanUp: [drop(aside(node.relation))],
  };
}

function rowText(row: readonly (string | null)[]): string {
  return `(${row.map((text) => (text === null ? 'null' : literal(text))).join(', ')})`;
}
