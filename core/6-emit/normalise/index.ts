import type { Query } from '../../sql/index.ts';
import type { Refusals } from '../refusal.ts';
import { alignByName } from './align-by-name.ts';
import { expandPivots } from './expand-pivots.ts';
import { expandStars } from './expand-stars.ts';
import { hoistCtes } from './hoist-ctes.ts';
import { inlineAliases } from './inline-aliases.ts';
import { liftDistinctOn, liftQualify } from './lift-qualify.ts';
import { mergeUsing } from './merge-using.ts';
import { nameOutputs } from './name-outputs.ts';
import { nameValues } from './name-values.ts';
import type { Pass } from './pass.ts';
import { qualifyNames } from './qualify-names.ts';
import { refuseSamples } from './refuse-samples.ts';
import type { Environment } from './scope.ts';
import { spellOutGroupBy } from './spell-out-group-by.ts';
import { spellOutOrderBy } from './spell-out-order-by.ts';
import { turnDistances } from './turn-distances.ts';

/** The order matters: each pass relies on what those before it have removed. */
export const commonPasses: readonly Pass[] = [
  refuseSamples,
  turnDistances,
  nameValues,
  expandPivots,
  expandStars,
  mergeUsing,
  inlineAliases,
  spellOutGroupBy,
  spellOutOrderBy,
  nameOutputs,
  alignByName,
  qualifyNames,
  liftDistinctOn,
  liftQualify,
  hoistCtes,
];

/** Runs the passes in order. */
export function normalise(
  query: Query,
  passes: readonly Pass[],
  environment: Environment,
  refusals: Refusals,
): Query {
  return passes.reduce((current, pass) => pass.apply(current, environment, refusals), query);
}
