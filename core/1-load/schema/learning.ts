import { z } from 'zod';
import { duration } from './columns.ts';
import {
  anyMapping,
  checkedBy,
  isMapping,
  listOf,
  mapping,
  nonEmpty,
  oneOf,
  oneOrList,
  text,
} from './shape.ts';

const number = z.number();
const directions = ['low', 'high', 'falling', 'rising'] as const;

/** `falling`, `{direction: falling}`, `{below: 30}` or `{above: 3}`. */
const when = checkedBy((value, { report, hold }) => {
  if (!isMapping(value)) return hold(z.enum(directions), value);
  hold(mapping('`when`', {}, { direction: z.enum(directions), below: number, above: number }), value);
  const given = Object.keys(value).length;
  if (given === 1) return;
  const fix = 'Write one of `direction`, `below`, `above`.';
  report({
    code: 'CH112',
    args: { what: '`when`', problem: given === 0 ? 'is empty' : 'says two things', fix },
  });
});

const action = mapping('an action', { feature: nonEmpty, when, action: nonEmpty }, { description: text });

/** `prediction:` which model feeds the booster, and what to do about its drivers. */
export const prediction: z.ZodType = mapping(
  '`prediction`',
  { model: nonEmpty, entity: nonEmpty, label: nonEmpty },
  {
    prediction_time: nonEmpty,
    horizon: duration,
    label_known_at: nonEmpty,
    days_until_event: nonEmpty,
    cohort: nonEmpty,
    tier: nonEmpty,
    exclude: oneOrList(nonEmpty),
    actions: listOf(action),
  },
);

const positive = z.int().min(1);
const money = z.number().min(0);

/** `training:` weights, folds, LightGBM's parameters (whose names and values `ml` checks), threshold, calibration. */
export const training: z.ZodType = mapping(
  '`training`',
  {},
  {
    weights: mapping(
      '`weights`',
      { column: nonEmpty },
      { values: z.record(z.string(), z.number().min(0)), default: money },
    ),
    folds: mapping(
      '`folds`',
      {},
      { scheme: oneOf('expanding'), count: positive, first_train_periods: positive },
    ),
    final: mapping('`final`', { train_periods: positive }, {}),
    params: anyMapping,
    early_stopping: mapping('`early_stopping`', {}, { metric: nonEmpty, rounds: positive }),
    threshold: mapping(
      '`threshold`',
      { value_saved: money, intervention_cost: money },
      { save_rate: z.number().min(0).max(1) },
    ),
    selection: mapping(
      '`selection`',
      {},
      { keep: positive, min_share: z.number().min(0).max(1), noise_probes: z.int().min(0) },
    ),
    calibration: z.enum(['isotonic', 'platt', 'none']),
    seed: z.int().min(0),
  },
);

const rules = listOf(
  mapping(
    'a monitoring rule',
    {
      metric: nonEmpty,
      threshold: z.union([
        z.number(),
        mapping('`threshold`', {}, { max: number, min: number, max_ratio: number, min_ratio: number }),
      ]),
      action: nonEmpty,
    },
    { description: text },
  ),
);

/** `monitoring:` three pillars, each a list of rules. */
export const monitoring: z.ZodType = mapping(
  '`monitoring`',
  {},
  { data_quality: rules, model_health: rules, business: rules },
);
