import type { BoundColumn } from '../../4-bind/index.ts';
import type { Session } from '../adapters/adapter.ts';
import { identifier, literal } from '../adapters/duckdb/quote.ts';

export interface RowsToCompare {
  /** A session of DuckDB, which compares. */
  readonly session: Session;
  /** The relation as DuckDB built it, as SQL. */
  readonly ours: string;
  /** A table of DuckDB with the other engine's rows, as SQL. */
  readonly theirs: string;
  readonly columns: readonly BoundColumn[];
  /** Columns that say which rows belong together; none: all that are no fractions. */
  readonly key: readonly string[];
  /** Fractions are equal when they differ by at most this, relative to the larger one or to 1. */
  readonly tolerance: number;
}

export interface ColumnDifference {
  readonly column: string;
  /** Rows in which it differs. */
  readonly rows: number;
  /** Of one of them: its key and both values. */
  readonly example: string;
}

export interface RowComparison {
  readonly ours: number;
  readonly theirs: number;
  readonly onlyOurs: number;
  readonly onlyTheirs: number;
  readonly columns: readonly ColumnDifference[];
}

const fractions = /^(DOUBLE|FLOAT|REAL)$/;

/** Compares two tables row by row, all rows: NULL equals NULL, NaN equals NaN. Repeated keys are paired in order. */
export async function compareRows(given: RowsToCompare): Promise<RowComparison> {
  const { session, columns, tolerance } = given;
  const exact = columns.filter(({ type }) => !fractions.test(type)).map(({ name }) => name);
  const key = given.key.length > 0 ? given.key : exact;
  const keys = key.map(identifier);
  const order = columns.map(({ name }) => identifier(name)).join(', ');
  const numbered = (from: string) =>
    `select *, row_number() over (partition by ${keys.join(', ') || 'true'} order by ${order}) as churn_n from ${from}`;
  const on = [...keys, 'churn_n'].map((name) => `o.${name} is not distinct from t.${name}`).join(' and ');
  const pairs = columns.flatMap(({ name }, index) => [
    `o.${identifier(name)} as o${index}`,
    `t.${identifier(name)} as t${index}`,
  ]);
  await session.run(
    [
      'create or replace temp table churn_pairs as',
      `select o.churn_n as churn_o, t.churn_n as churn_t, ${pairs.join(', ')}`,
      `from (${numbered(given.ours)}) as o full join (${numbered(given.theirs)}) as t on ${on}`,
    ].join('\n'),
  );
  const paired = 'churn_o is not null and churn_t is not null';
  const differs = columns.map(({ type }, index) =>
    fractions.test(type)
      ? `(o${index} is distinct from t${index} and not coalesce(abs(o${index} - t${index}) <= ${tolerance} * greatest(1, abs(o${index}), abs(t${index})), false))`
      : `o${index} is distinct from t${index}`,
  );
  const keyText = key.map((name) => {
    const index = columns.findIndex((column) => column.name === name);
    return `${literal(`${name} `)} || coalesce(cast(o${index} as varchar), 'NULL')`;
  });
  const where = keyText.length > 0 ? `concat_ws(', ', ${keyText.join(', ')})` : "''";
  const value = (side: string, index: number) => `coalesce(cast(${side}${index} as varchar), 'NULL')`;
  const examples = differs.map(
    (test, index) =>
      `count(*) filter (${paired} and ${test}), first(${where} || ': ' || ${value('o', index)} || ' against ' || ${value('t', index)}) filter (${paired} and ${test})`,
  );
  const [row = []] = (
    await session.query(
      `select count(churn_o), count(churn_t), count(*) filter (churn_t is null), count(*) filter (churn_o is null), ${examples.join(', ')} from churn_pairs`,
    )
  ).rows;
  await session.run('drop table churn_pairs');
  const [ours = 0, theirs = 0, onlyOurs = 0, onlyTheirs = 0, ...rest] = row;
  return {
    ours: Number(ours),
    theirs: Number(theirs),
    onlyOurs: Number(onlyOurs),
    onlyTheirs: Number(onlyTheirs),
    columns: columns.flatMap(({ name }, index) => {
      const rows = Number(rest[index * 2] ?? 0);
      return rows === 0 ? [] : [{ column: name, rows, example: String(rest[index * 2 + 1] ?? '') }];
    }),
  };
}
