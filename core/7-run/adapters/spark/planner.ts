import type { EnginePlanner } from '../../plan/engine-planner.ts';
import { type Materializations, materializeWith, type RemoteWork } from '../remote/materialize.ts';
import { materializeIncremental } from './materialize/incremental.ts';
import { materializeSeed } from './materialize/seed.ts';
import { materializeSnapshot } from './materialize/snapshot.ts';
import { sourceStatements } from './materialize/source.ts';
import { materializeTable } from './materialize/table.ts';
import { materializeView } from './materialize/view.ts';
import { identifier } from './quote.ts';

const materializations: Materializations = {
  view: materializeView,
  table: materializeTable,
  incremental: materializeIncremental,
  snapshot: materializeSnapshot,
  seed: materializeSeed,
};

/**
 * Spark's statements over Delta tables. There are no transactions: what has tests is built aside, tested there and then
 * published by one commit of its table.
 */
export function sparkPlanner(work: RemoteWork): EnginePlanner {
  const { translations } = work;
  return {
    type: 'spark',
    transactional: false,
    createSchema: (schema) => ({ sql: `create schema if not exists ${identifier(schema)}` }),
    materialize: (context) => materializeWith(materializations, work, context),
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
