import type { EnginePlanner } from '../../plan/engine-planner.ts';
import { type Materializations, materializeWith, type RemoteWork } from '../remote/materialize.ts';
import { materializeIncremental } from './materialize/incremental.ts';
import { materializeSeed } from './materialize/seed.ts';
import { materializeSnapshot } from './materialize/snapshot.ts';
import { sourceStatements } from './materialize/source.ts';
import { materializeTable } from './materialize/table.ts';
import { materializeView } from './materialize/view.ts';
import { identifier, literal } from './quote.ts';

export interface FabricPlannerOptions extends RemoteWork {
  /** `files` of the target: where the warehouse finds the project's data files. */
  readonly files?: string;
}

const materializations: Materializations = {
  view: materializeView,
  table: materializeTable,
  incremental: materializeIncremental,
  snapshot: materializeSnapshot,
  seed: materializeSeed,
};

/**
 * T-SQL for a Fabric Warehouse. A node is built and tested aside, then published by one batch that holds its own
 * transaction: a transaction around the whole node would keep locks on the catalog while it is built.
 */
export function fabricPlanner({ files, ...work }: FabricPlannerOptions): EnginePlanner {
  const { translations } = work;
  return {
    type: 'fabric',
    transactional: false,
    separator: 'GO',
    createSchema: (schema) => ({
      sql: `if schema_id(${literal(schema)}) is null exec(${literal(`create schema ${identifier(schema)}`)})`,
      repeatable: true,
    }),
    materialize: (context) => materializeWith(materializations, work, context),
    source: (source, _root, columns, existing) => {
      // A table of that name was loaded there: it is the source.
      if (existing?.kind === 'table') return [];
      const made = sourceStatements(source, columns, files);
      // Refusals have been told by `prepareFabric`.
      return made.ok ? made.statements : [];
    },
    verdict: (test, within) => ({
      sql: translations.tests.get(test.uniqueId)?.verdict(within) ?? '',
    }),
    failures: (test, within) => translations.tests.get(test.uniqueId)?.failures(within) ?? '',
  };
}
