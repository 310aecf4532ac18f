import type { Expression } from '../../sql/index.ts';

const names = new Set(
  `count count_star sum avg mean min max string_agg group_concat listagg median quantile quantile_cont quantile_disc mode
  arg_max arg_min max_by min_by count_if countif bool_or bool_and any_value arbitrary first last list array_agg stddev
  stddev_samp stddev_pop variance var_samp var_pop corr covar_pop covar_samp skewness kurtosis entropy product
  approx_count_distinct approx_quantile histogram bit_and bit_or bit_xor regr_slope regr_intercept regr_count fsum kahan_sum
  geomean percentile_cont percentile_disc`.split(/\s+/),
);

/** True for a call of an aggregate function; a window over one is not an aggregate. */
export function isAggregate(expression: Expression): boolean {
  return expression.kind === 'call' && names.has(expression.name);
}
