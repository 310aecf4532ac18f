import { sql } from 'kysely';
import type { GoldTable } from '../define/gold-table.ts';
import type { ModelColumn } from '../define/typed-model.ts';
import { queryBuilder } from '../typed/duckdb-dialect.ts';
import { quoteName } from '../typed/keywords.ts';
import { refuse } from '../typed/problem.ts';
import { compileView } from './compile-view.ts';

export interface CompiledGold {
  readonly template: string;
  readonly columns: Readonly<Record<string, ModelColumn>>;
}

/** The gold table's query: the spine, each view joined on the key, the label last. */
export function compileGold(gold: GoldTable): CompiledGold {
  const keys = [...gold.entity, gold.predictionTime];
  const columns: Record<string, ModelColumn> = {};
  const taken = new Map<string, string>();
  const take = (name: string, from: string): void => {
    const first = taken.get(name);
    if (first !== undefined) refuse('CH253', { name, first, second: from });
    taken.set(name, from);
  };
  const omitted = new Set(gold.omit);
  const selections: string[] = [];
  const kept = [...keys, ...gold.keep];
  for (const name of kept) {
    take(name, gold.spine.name);
    selections.push(`s.${name}`);
    columns[name] = keys.includes(name) ? { role: 'key' } : {};
  }
  let query = queryBuilder<Record<string, Record<string, unknown>>>().selectFrom(`${gold.spine.name} as s`);
  const joinOnKey = (table: string, alias: string): void => {
    const on = keys.map((key) => `${alias}.${quoteName(key)} = s.${quoteName(key)}`).join('\n   and ');
    query = query.innerJoin(`${table} as ${alias}`, (join) =>
      join.on(sql<boolean>`${sql.raw(on)}`),
    ) as unknown as typeof query;
  };
  for (const [i, view] of gold.views.entries()) {
    const alias = `v${i + 1}`;
    joinOnKey(view.name, alias);
    for (const { name, description, window } of compileView(view).outputs) {
      if (omitted.has(name)) continue;
      take(name, view.name);
      selections.push(`${alias}.${name}`);
      columns[name] = { description, window };
    }
  }
  if (gold.label) {
    const { column, horizon, from } = gold.label;
    take(column, (from ?? gold.spine).name);
    if (from !== undefined) joinOnKey(from.name, 'l');
    selections.push(`${from === undefined ? 's' : 'l'}.${column}`);
    columns[column] = { role: 'label', horizon };
  }
  // A name that the contract has and the table has not is kept, for the binder to report like any other broken contract.
  for (const [name, dataType] of Object.entries(gold.contract ?? {}))
    columns[name] = { ...columns[name], dataType };
  return { template: query.select(selections).compile().sql, columns };
}
