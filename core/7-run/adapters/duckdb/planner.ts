import type { Materialization, RenderedTest } from '../../../2-render/index.ts';
import type { EnginePlanner } from '../../plan/engine-planner.ts';
import type { Materialize } from '../../plan/materialization.ts';
import type { Statement } from '../../plan/plan.ts';
import { withoutSemicolon } from '../../plan/statement.ts';
import { persistDocs } from './materialize/comments.ts';
import { materializeIncremental } from './materialize/incremental.ts';
import { materializeSeed } from './materialize/seed.ts';
import { planned } from './materialize/shared.ts';
import { materializeSnapshot } from './materialize/snapshot.ts';
import { sourceView } from './materialize/source.ts';
import { materializeTable } from './materialize/table.ts';
import { materializeView } from './materialize/view.ts';
import { identifier } from './quote.ts';

const materializations: Readonly<Record<Materialization, Materialize>> = {
  view: materializeView,
  table: materializeTable,
  incremental: materializeIncremental,
  snapshot: materializeSnapshot,
  seed: materializeSeed,
  ephemeral: () => planned('create view', []),
  test: () => planned('create view', []),
};

/** DuckDB's statements. Everything of a node runs in one transaction: DuckDB's DDL is transactional. */
export const duckdbPlanner: EnginePlanner = {
  type: 'duckdb',
  transactional: true,
  createSchema: (schema, database) => ({
    sql: `create schema if not exists ${[...(database === undefined ? [] : [database]), schema].map(identifier).join('.')}`,
  }),
  materialize: (context) => {
    const made = materializations[context.node.config.materialized](context);
    if (!made.ok) return made;
    return { ...made, statements: [...made.statements, ...persistDocs(context)] };
  },
  source: sourceView,
  verdict,
  failures: failingRows,
};

/** dbt's test query: failures by `fail_calc`, judged by `warn_if` and `error_if`. */
function verdict(test: RenderedTest): Statement {
  const { failCalc, warnIf, errorIf, limit } = test.config;
  const before = `select failures, failures ${warnIf} as should_warn, failures ${errorIf} as should_error from (select coalesce(${failCalc}, 0) as failures from (select * from (\n`;
  const after = `\n) as failing_rows${limit === undefined ? '' : ` limit ${limit}`}) as limited) as counted`;
  return { sql: `${before}${withoutSemicolon(test.sql)}${after}`, body: { at: before.length, of: 'full' } };
}

function failingRows(test: RenderedTest): string {
  const { limit } = test.config;
  return `select * from (\n${withoutSemicolon(test.sql)}\n) as failing_rows${limit === undefined ? '' : ` limit ${limit}`}`;
}
