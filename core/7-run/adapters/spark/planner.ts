import type { EnginePlanner } from '../../plan/engine-planner.ts';
import type { Materialized } from '../../plan/materialization.ts';
import type { SeedRows } from '../remote/read-seeds.ts';
import type { Translations } from '../remote/translations.ts';
import type { SparkContext } from './materialize/context.ts';
import { materializeIncremental } from './materialize/incremental.ts';
import { materializeSeed } from './materialize/seed.ts';
import { materializeSnapshot } from './materialize/snapshot.ts';
import { sourceStatements } from './materialize/source.ts';
import { materializeTable } from './materialize/table.ts';
import { materializeView } from './materialize/view.ts';
import { identifier } from './quote.ts';

/**
 * Spark's statements over Delta tables. There are no transactions: what has tests is built aside, tested there and then
 * published by one commit of its table.
 */
export function sparkPlanner(
  translations: Translations,
  seeds: ReadonlyMap<string, SeedRows>,
): EnginePlanner {
  return {
    type: 'spark',
    transactional: false,
    createSchema: (schema) => ({ sql: `create schema if not exists ${identifier(schema)}` }),
    materialize: (context): Materialized => {
      const { node } = context;
      const translation = translations.nodes.get(node.uniqueId);
      const made: SparkContext = {
        ...context,
        select: translation?.full ?? '',
        incrementalSelect: translation?.incremental,
      };
      switch (node.config.materialized) {
        case 'view':
          return materializeView(made);
        case 'table':
          return materializeTable(made);
        case 'incremental':
          return materializeIncremental(made);
        case 'snapshot':
          return materializeSnapshot(made);
        case 'seed':
          return materializeSeed(made, seeds.get(node.uniqueId) ?? { columns: [], rows: [] });
        case 'ephemeral':
        case 'test':
          return { ok: true, action: 'create view', statements: [] };
      }
    },
    source: (source, root, columns) => {
      const made = sourceStatements(source, root, columns);
      // Refusals have been told by `prepareSpark`.
      return made.ok ? made.statements : [];
    },
    verdict: (test, within) => ({
      sql: translations.tests.get(test.uniqueId)?.verdict(within) ?? '',
    }),
    failures: (test, within) => translations.tests.get(test.uniqueId)?.failures(within) ?? '',
  };
}
