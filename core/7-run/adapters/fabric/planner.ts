import type { EnginePlanner } from '../../plan/engine-planner.ts';
import type { Materialized } from '../../plan/materialization.ts';
import type { TranslatedContext } from '../remote/context.ts';
import type { SeedRows } from '../remote/read-seeds.ts';
import type { Translations } from '../remote/translations.ts';
import { materializeIncremental } from './materialize/incremental.ts';
import { materializeSeed } from './materialize/seed.ts';
import { materializeSnapshot } from './materialize/snapshot.ts';
import { sourceStatements } from './materialize/source.ts';
import { materializeTable } from './materialize/table.ts';
import { materializeView } from './materialize/view.ts';
import { identifier, literal } from './quote.ts';

export interface FabricPlannerOptions {
  readonly translations: Translations;
  readonly seeds: ReadonlyMap<string, SeedRows>;
  /** `files` of the target: where the warehouse finds the project's data files. */
  readonly files?: string;
}

/**
 * T-SQL for a Fabric Warehouse. A node is built and tested aside, then published by one batch that holds its own
 * transaction: a transaction around the whole node would keep locks on the catalog while it is built.
 */
export function fabricPlanner({ translations, seeds, files }: FabricPlannerOptions): EnginePlanner {
  return {
    type: 'fabric',
    transactional: false,
    separator: 'GO',
    createSchema: (schema) => ({
      sql: `if schema_id(${literal(schema)}) is null exec(${literal(`create schema ${identifier(schema)}`)})`,
      repeatable: true,
    }),
    materialize: (context): Materialized => {
      const { node } = context;
      const translation = translations.nodes.get(node.uniqueId);
      const made: TranslatedContext = {
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
