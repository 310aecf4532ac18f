import type { BoundColumn } from '../bound.ts';
import type { Engine } from './engine.ts';
import { type EngineError, parseEngineError } from './error.ts';

/** Output columns, or why there are none. */
export type Described = { readonly columns: readonly BoundColumn[] } | { readonly error: EngineError };

/** Statements in one call: enough to hide a call's cost, few enough that a failing batch is cheap to repeat. */
const batchSize = 25;

type Connection = Engine['connections'][number];

/**
 * Binds selects and says their output columns, in the order given. All of a batch are parts of one statement,
 * `describe` of each; where one fails, its batch is repeated one by one.
 *
 * @param statements selects without a closing semicolon
 */
export async function describe(engine: Engine, statements: readonly string[]): Promise<Described[]> {
  const results = new Array<Described>(statements.length);
  const size = Math.max(1, Math.min(batchSize, Math.ceil(statements.length / engine.connections.length)));
  let next = 0;
  const work = async (connection: Connection) => {
    while (next < statements.length) {
      const start = next;
      next += size;
      const batch = statements.slice(start, start + size);
      const described =
        (await describeTogether(engine, connection, batch)) ?? (await oneByOne(engine, connection, batch));
      for (const [index, result] of described.entries()) results[start + index] = result;
    }
  };
  await Promise.all(engine.connections.map(work));
  return results;
}

async function describeTogether(
  engine: Engine,
  connection: Connection,
  batch: readonly string[],
): Promise<Described[] | undefined> {
  const columns: BoundColumn[][] = batch.map(() => []);
  try {
    for (const [index, name, type] of await described(engine, connection, batch)) {
      columns[index]?.push({ name, type });
    }
  } catch {
    return undefined;
  }
  // An open quote can swallow the next statement up to its own quote; then that one has no columns.
  return columns.some((list) => list.length === 0) ? undefined : columns.map((list) => ({ columns: list }));
}

async function oneByOne(
  engine: Engine,
  connection: Connection,
  batch: readonly string[],
): Promise<Described[]> {
  const results: Described[] = [];
  for (const statement of batch) {
    try {
      const rows = await described(engine, connection, [statement]);
      results.push({ columns: rows.map(([, name, type]) => ({ name, type })) });
    } catch (thrown) {
      const error = parseEngineError(thrown instanceof Error ? thrown.message : String(thrown));
      const position =
        error.position === undefined ? undefined : error.position - before.length - head(0).length;
      results.push({ error: { ...error, position } });
    }
  }
  return results;
}

/** Statement number, column name, column type: as one value, since every row and chunk costs a conversion. */
async function described(
  engine: Engine,
  connection: Connection,
  batch: readonly string[],
): Promise<readonly (readonly [number, string, string])[]> {
  const parts = batch.map((statement, index) => `${head(index)}${statement}${tail}`);
  const [row] = await engine.rows(`${before}${parts.join(' union all ')})`, connection);
  return JSON.parse(String(row?.[0])) as [number, string, string][];
}

const before = 'select json_group_array(json_array(i, column_name, column_type)) from (';

const head = (index: number) => `select ${index} as i, column_name, column_type from (describe (`;

/** The line break ends a comment on the statement's last line. */
const tail = '\n))';
