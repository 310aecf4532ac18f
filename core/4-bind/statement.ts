import type { Binding } from './binding.ts';
import type { BoundColumn } from './bound.ts';
import { type Described, describe } from './engine/describe.ts';
import { withoutSemicolon } from './engine/sql-text.ts';
import { createTables } from './engine/tables.ts';

/** A select to be bound. */
export interface Statement {
  /** Cache key: a unique_id, with a suffix where a node has several statements. */
  readonly id: string;
  /** Changes whenever the meaning of the SQL does; layout may be left out. */
  readonly hash: string;
  readonly sql: string;
  /** unique_ids of bound nodes whose tables the SQL reads. */
  readonly reads: readonly string[];
}

/** Answers from the cache, and from the engine for the rest; in the order given. */
export async function bindStatements(
  binding: Binding,
  statements: readonly Statement[],
): Promise<readonly Described[]> {
  const results = new Array<Described>(statements.length);
  const missing: number[] = [];
  for (const [index, statement] of statements.entries()) {
    const found = binding.cache.find(statement, readColumns(binding, statement));
    if (found === undefined) missing.push(index);
    else results[index] = found;
  }
  binding.statistics.cached += statements.length - missing.length;
  if (missing.length === 0) return results;
  const todo = missing.map((index) => statements[index] as Statement);
  await ensureTables(
    binding,
    todo.flatMap(({ reads }) => reads),
  );
  const engine = await binding.engine();
  const described = await describe(
    engine,
    todo.map(({ sql }) => withoutSemicolon(sql)),
  );
  binding.statistics.bound += todo.length;
  for (const [at, index] of missing.entries()) {
    const statement = todo[at] as Statement;
    results[index] = binding.cache.store(
      statement,
      readColumns(binding, statement),
      described[at] as Described,
    );
  }
  return results;
}

/** Creates the empty tables that are not there yet. */
export async function ensureTables(binding: Binding, ids: Iterable<string>): Promise<void> {
  const tables = [];
  for (const id of new Set(ids)) {
    const relation = binding.graph.nodes.get(id)?.relation;
    const columns = binding.columns.get(id);
    if (binding.tables.has(id) || relation === undefined || columns === undefined) continue;
    binding.tables.add(id);
    tables.push({ relation, columns });
  }
  if (tables.length > 0) await createTables(await binding.engine(), tables);
}

function readColumns(binding: Binding, { reads }: Statement): (readonly BoundColumn[])[] {
  return reads.map((id) => binding.columns.get(id) ?? []);
}
