import type { MaterializeContext, Materialized } from '../../plan/materialization.ts';
import type { TranslatedContext } from './context.ts';
import type { SeedRows } from './read-seeds.ts';
import type { Translations } from './translations.ts';

/** How an engine over the network makes each kind of node. */
export interface Materializations {
  readonly view: (context: TranslatedContext) => Materialized;
  readonly table: (context: TranslatedContext) => Materialized;
  readonly incremental: (context: TranslatedContext) => Materialized;
  readonly snapshot: (context: TranslatedContext) => Materialized;
  readonly seed: (context: TranslatedContext, rows: SeedRows) => Materialized;
}

/** What was made ready before planning, and whose clock snapshots go by. */
export interface RemoteWork {
  readonly translations: Translations;
  readonly seeds: ReadonlyMap<string, SeedRows>;
  /** `engine`: the instant at which a statement runs; by default the instant of the plan, as a literal. */
  readonly clock?: 'engine';
}

/** A node's statements, from its translated SQL or a seed's rows. */
export function materializeWith(
  kinds: Materializations,
  { translations, seeds, clock }: RemoteWork,
  context: MaterializeContext,
): Materialized {
  const { node } = context;
  const translation = translations.nodes.get(node.uniqueId);
  const made: TranslatedContext = {
    ...context,
    select: translation?.full ?? '',
    incrementalSelect: translation?.incremental,
    clock,
  };
  const { materialized } = node.config;
  switch (materialized) {
    case 'ephemeral':
    case 'test':
      return { ok: true, action: 'create view', statements: [] };
    case 'seed':
      return kinds.seed(made, seeds.get(node.uniqueId) ?? { columns: [], rows: [] });
    default:
      return kinds[materialized](made);
  }
}
