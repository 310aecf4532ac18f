import type { Call, Expression } from '../../sql/index.ts';

const names = new Set(
  `count count_star sum avg mean min max string_agg group_concat listagg median quantile quantile_cont quantile_disc mode
  arg_max arg_min arg_max_null arg_min_null max_by min_by count_if countif bool_or bool_and any_value arbitrary first last list array_agg stddev
  stddev_samp stddev_pop variance var_samp var_pop corr covar_pop covar_samp skewness kurtosis entropy product
  approx_count_distinct approx_quantile histogram bit_and bit_or bit_xor regr_slope regr_intercept regr_count fsum kahan_sum
  geomean percentile_cont percentile_disc`.split(/\s+/),
);

/** True for a call of an aggregate function; a window over one is not an aggregate. */
export function isAggregate(expression: Expression): boolean {
  return expression.kind === 'call' && names.has(expression.name);
}

/**
 * `list_extract(max(x, n), n)`: the n-th greatest (or, of `min`, least) value, NULL where there are fewer. DuckDB's lists of
 * several extremes are translated in this form only.
 */
export function nthExtreme(
  expression: Expression,
): { readonly extremes: Call; readonly value: Expression; readonly n: number } | undefined {
  if (expression.kind !== 'call' || !/^(list|array)_(extract|element)$/.test(expression.name))
    return undefined;
  const [extremes, place] = expression.args;
  if (extremes?.kind !== 'call' || (extremes.name !== 'max' && extremes.name !== 'min')) return undefined;
  const [value, most] = extremes.args;
  const [n, several] = [numberOf(place), numberOf(most)];
  if (value === undefined || n === undefined || several === undefined || n < 1 || n > several)
    return undefined;
  return { extremes, value, n };
}

function numberOf(expression: Expression | undefined): number | undefined {
  const literal = expression?.kind === 'cast' ? expression.operand : expression;
  return literal?.kind === 'literal' && Number.isInteger(Number(literal.value))
    ? Number(literal.value)
    : undefined;
}
