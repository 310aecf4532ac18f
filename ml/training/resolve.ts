import { MlError } from '../error.ts';
import { aliases } from './aliases.ts';
import { choices, defaultParams, integers, ranges } from './defaults.ts';
import type { MetricName, Params, TrainParams } from './params.ts';
import { asksNothing, refusedWord, unknownParameter, withSampling } from './refuse.ts';
import { metricNames } from './training-metrics.ts';
import { metricAliases, wordAliases } from './words.ts';

/**
 * Canonical names, defaults filled in.
 *
 * @throws MlError CH801 unknown name, CH802 known to LightGBM and not here, CH803 value out of range, CH804 contradiction
 * @example resolveParams({ n_estimators: 200, reg_lambda: 1 }).num_iterations // 200
 */
export function resolveParams(given: TrainParams): Params {
  const canonical = canonicalNames();
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(withSampling(given))) {
    if (value === undefined) continue;
    const name = canonical.get(key);
    if (name === undefined) {
      if (asksNothing(key, value)) continue;
      throw unknownParameter(key, canonical.keys());
    }
    if (values.has(name) && key !== name) continue; // the canonical name wins over its aliases
    values.set(name, value);
  }
  const params: Record<string, unknown> = { ...defaultParams };
  for (const [name, value] of values) params[name] = checkValue(name as keyof Params, value);
  const resolved = params as unknown as Params;
  checkTogether(resolved);
  return Object.freeze(resolved);
}

function canonicalNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const name of Object.keys(defaultParams)) names.set(name, name);
  for (const [name, others] of Object.entries(aliases)) for (const alias of others) names.set(alias, name);
  return names;
}

function checkValue(name: keyof Params, value: unknown): unknown {
  const fallback = defaultParams[name];
  const wrong = (wanted: string): MlError =>
    new MlError('CH803', `Parameter \`${name}\` is ${JSON.stringify(value)}; it takes ${wanted}.`);
  if (name === 'metric') return checkMetrics(value, wrong);
  if (name === 'monotone_constraints') return checkMonotone(value, wrong);
  if (name === 'interaction_constraints') return checkInteraction(value, wrong);
  if (typeof fallback === 'boolean') {
    if (typeof value !== 'boolean') throw wrong('true or false');
    return value;
  }
  if (typeof fallback === 'number') {
    if (typeof value !== 'number' || Number.isNaN(value)) throw wrong('a number');
    if (integers.has(name) && !Number.isInteger(value)) throw wrong('a whole number');
    const [low, high, lowOpen] = ranges[name] ?? [-Infinity, Infinity];
    if (value < low || value > high || (lowOpen === true && value === low)) {
      throw wrong(
        `a value ${lowOpen === true ? 'above' : 'from'} ${low}${high < Infinity ? ` to ${high}` : ''}`,
      );
    }
    return value;
  }
  const refused = refusedWord(name, value);
  if (refused !== undefined) throw refused;
  const allowed = choices[name] ?? [];
  const word = wordAliases[String(value)] ?? value ?? 'none';
  if (!allowed.includes(word as string)) throw wrong(`one of ${allowed.join(', ')}`);
  return word;
}

function checkMetrics(value: unknown, wrong: (wanted: string) => MlError): MetricName[] {
  const given = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
  if (!Array.isArray(given)) throw wrong('metric names');
  const names = given.filter((name) => !['', 'None', 'none', 'null', 'na', 'custom'].includes(String(name)));
  return names.map((name) => {
    const known = metricNames.find((metric) => metric === name) ?? metricAliases[String(name)];
    if (known === undefined) throw wrong(`any of ${metricNames.join(', ')}`);
    return known;
  });
}

function checkMonotone(value: unknown, wrong: (wanted: string) => MlError): number[] {
  if (!Array.isArray(value) || value.some((v) => v !== -1 && v !== 0 && v !== 1)) {
    throw wrong('-1, 0 or 1 for each feature');
  }
  return value as number[];
}

function checkInteraction(value: unknown, wrong: (wanted: string) => MlError): number[][] {
  const isGroup = (group: unknown): boolean =>
    Array.isArray(group) && group.every((index) => Number.isInteger(index) && (index as number) >= 0);
  if (!Array.isArray(value) || !value.every(isGroup)) throw wrong('lists of column indexes');
  return value as number[][];
}

function checkTogether(params: Params): void {
  const clash = (message: string, fix: string): MlError => new MlError('CH804', message, fix);
  if (params.is_unbalance && params.scale_pos_weight !== 1) {
    throw clash('is_unbalance and scale_pos_weight both weigh the positive class.', 'Keep one of them.');
  }
  if (params.class_weight === 'balanced' && (params.is_unbalance || params.scale_pos_weight !== 1)) {
    throw clash('class_weight and is_unbalance or scale_pos_weight both weigh classes.', 'Keep one of them.');
  }
  const many = params.objective === 'multiclass' || params.objective === 'multiclassova';
  if (many && params.num_class < 2) {
    throw clash(`objective ${params.objective} needs num_class of at least 2.`, 'Set num_class.');
  }
  if (params.objective === 'quantile' && params.alpha >= 1) {
    throw clash(`alpha is ${params.alpha}; objective quantile takes a share between 0 and 1.`, 'Set alpha.');
  }
  if (
    params.objective === 'tweedie' &&
    (params.tweedie_variance_power <= 1 || params.tweedie_variance_power >= 2)
  ) {
    throw clash(
      `tweedie_variance_power is ${params.tweedie_variance_power}; objective tweedie takes one between 1 and 2.`,
      'Use objective poisson for 1, gamma for 2.',
    );
  }
  const renewed = ['regression_l1', 'quantile', 'mape'].includes(params.objective);
  if (renewed && params.monotone_constraints.some((direction) => direction !== 0)) {
    throw clash(
      `Leaves of objective ${params.objective} take percentiles, which monotone_constraints do not hold.`,
      'Use objective huber or regression.',
    );
  }
  if (!many && params.num_class !== 1) {
    throw clash(`objective ${params.objective} has one class.`, 'Remove num_class.');
  }
  if (params.boosting === 'goss' && params.top_rate + params.other_rate > 1) {
    throw clash('top_rate and other_rate add up to more than 1.', 'Lower one of them.');
  }
  if (params.boosting === 'goss' && params.bagging_freq > 0 && params.bagging_fraction < 1) {
    throw clash('goss and bagging both sample rows.', 'Remove the bagging parameters.');
  }
}
