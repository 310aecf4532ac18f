/**
 * What aggregates do with a NULL as their (first) argument, and what they are where there is nothing to aggregate. Found by asking
 * DuckDB (`tests/core/5-audit/aggregates.test.ts` asks again). An aggregate that is not named here may do anything.
 */

const PASSING_OVER = words(`
  any_value approx_quantile approx_top_k arg_max arg_min argmax argmin avg bit_and bit_or bit_xor bitstring_agg bool_and bool_or
  corr count_if countif covar_pop covar_samp favg fsum group_concat histogram histogram_exact kahan_sum kurtosis kurtosis_pop
  listagg mad max max_by mean median min min_by mode product quantile quantile_cont quantile_disc regr_avgx regr_avgy
  regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy reservoir_quantile sem skewness stddev stddev_pop
  stddev_samp string_agg sum sum_no_overflow sumkahan var_pop var_samp variance`);

const COUNTING = words('approx_count_distinct count entropy regr_count');

const TAKING = words(`
  arbitrary arg_max_null arg_max_nulls_last arg_min_null arg_min_nulls_last array_agg first last list`);

/** NULLs change nothing. */
export function passesOverNulls(name: string): boolean {
  return PASSING_OVER.has(name) || COUNTING.has(name);
}

/** The same over a frame: one of NULLs only and one without rows are not told apart. */
export function passesOverNullsInFrames(name: string): boolean {
  return name === 'count' || PASSING_OVER.has(name);
}

/** Without a member that counts it is NULL, and not a number or whatever. */
export function isNullOfNothing(name: string): boolean {
  return PASSING_OVER.has(name) || TAKING.has(name);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
