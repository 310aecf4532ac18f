import type { BoundColumn } from '../4-bind/index.ts';
import type { Query } from '../sql/index.ts';
import type { Comments } from './deploy/comments.ts';
import { castOutputs } from './deploy/contract-casts.ts';
import { separateBooleans } from './fabric/booleans.ts';
import { dropConstantKeys } from './fabric/constant-keys.ts';
import { fabric } from './fabric/dialect.ts';
import { windowsForIgnoredNulls } from './fabric/ignored-nulls.ts';
import { applyForAsof, existsForSemiJoins } from './fabric/joins.ts';
import { numberCopies } from './fabric/number-copies.ts';
import { windowsForOrderedAggregates } from './fabric/ordered-aggregates.ts';
import { dropInnerOrder, orderByExpressions } from './fabric/ordering.ts';
import { noQueriesInAggregates } from './fabric/queries-in-aggregates.ts';
import { correlatedRangeFrames } from './fabric/range-frames.ts';
import { wrapLimitedOperands } from './fabric/wrap-limited-operands.ts';
import { commonPasses, normalise } from './normalise/index.ts';
import type { Pass } from './normalise/pass.ts';
import type { Catalog, Environment } from './normalise/scope.ts';
import type { Dialect, Tools } from './print/dialect.ts';
import { printQuery } from './print/query.ts';
import { release } from './print/text.ts';
import { type Refusal, Refusals } from './refusal.ts';
import { asofToRanges } from './spark/asof-to-ranges.ts';
import { castConstantKeys } from './spark/constant-keys.ts';
import { spark } from './spark/dialect.ts';
import { refuseInAsValue } from './spark/in-as-value.ts';
import { annotate } from './types/annotate.ts';

/** The dialects a query can be translated to. */
export type TargetDialect = 'fabric' | 'spark';

/** How a dialect is reached: its passes after the common ones, then its printer. */
interface Route {
  /** `contract` casts the outputs; it runs when names are qualified. */
  readonly passes: (contract: Pass) => readonly Pass[];
  readonly dialect: (tools: Tools) => Dialect;
}

const beforeHoisting = commonPasses.slice(0, -1);
const hoisting = commonPasses.slice(-1);

const routes: Readonly<Record<TargetDialect, Route>> = {
  fabric: {
    passes: (contract) => [
      ...beforeHoisting,
      dropConstantKeys,
      numberCopies,
      wrapLimitedOperands,
      windowsForOrderedAggregates,
      windowsForIgnoredNulls,
      correlatedRangeFrames,
      existsForSemiJoins,
      applyForAsof,
      orderByExpressions,
      dropInnerOrder,
      contract,
      ...hoisting,
      noQueriesInAggregates,
      separateBooleans,
    ],
    dialect: fabric,
  },
  spark: {
    passes: (contract) => [
      ...beforeHoisting,
      refuseInAsValue,
      castConstantKeys,
      asofToRanges,
      contract,
      ...hoisting,
    ],
    dialect: spark,
  },
};

/** `sql` is missing when anything was refused: nothing is translated by halves. */
export interface Translation {
  readonly sql?: string;
  readonly refusals: readonly Refusal[];
}

/**
 * Translates a DuckDB query to another dialect, keeping its meaning, or says what stands in the way.
 *
 * @param catalog columns of the tables the query reads, in DuckDB's types
 * @param columns the output columns; when given, each is cast to its type
 * @param comments of the query's text: printed where they belong, what is left of them before the query
 * @example translate(query, 'spark', ({ name }) => columnsOf(name))
 */
export function translate(
  query: Query,
  target: TargetDialect,
  catalog: Catalog,
  columns: readonly BoundColumn[] = [],
  comments?: Comments,
): Translation {
  const refusals = new Refusals();
  const environment: Environment = { catalog, ctes: new Map() };
  const route = routes[target];
  const contract: Pass = {
    name: 'cast-outputs',
    apply: (current) => (columns.length === 0 ? current : castOutputs(current, columns, environment)),
  };
  const plain = normalise(query, route.passes(contract), environment, refusals);
  const dialect = route.dialect({
    typeOf: annotate(plain, environment),
    refuse: (node, refusal) => {
      refusals.add({ ...(node.at === undefined ? {} : { at: node.at }), ...refusal });
      return 'null';
    },
  });
  const printed = printQuery(plain, comments === undefined ? dialect : { ...dialect, comments });
  const head = (comments?.rest() ?? []).map((comment) => `-- ${comment}\n`).join('');
  const sql = `${head}${release(printed)}\n`;
  return refusals.all.length > 0 ? { refusals: refusals.all } : { sql, refusals: [] };
}
