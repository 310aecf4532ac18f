import { featureView, goldTable, model, source, typedModel } from '#core';

// Programs that tsc must refuse: each line below `@ts-expect-error` is an error, or tsc reports that it is none.

const from = model('engagement');
const spine = model('spine');
const of = {
  from,
  spine,
  entity: 'customer_id',
  time: 'activity_date',
  availableAt: 'available_at',
} as const;

// @ts-expect-error no such model
model('engagment');
// @ts-expect-error no such table
source('raw', 'event');

export const views = [
  featureView({
    ...of,
    name: 'unknown_column',
    features: ({ sum }) => ({
      // @ts-expect-error no such column
      a: sum('logins').over('7d'),
    }),
  }),
  featureView({
    ...of,
    name: 'sum_over_text',
    features: ({ avg, sum }) => ({
      // @ts-expect-error text cannot be summed
      a: sum('feature').over('7d'),
      // @ts-expect-error nor a day averaged
      b: avg('activity_date').over('7d'),
    }),
  }),
  featureView({
    ...of,
    name: 'bad_windows',
    features: ({ count, slope }) => ({
      // @ts-expect-error no length of time
      a: count().over('7 days'),
      // @ts-expect-error months are not of one length
      b: slope(count().per('1mo'), '12w'),
      // @ts-expect-error an aggregate without a window is no feature
      c: count(),
    }),
  }),
  featureView({
    ...of,
    name: 'wrong_value',
    features: ({ count }) => ({
      // @ts-expect-error a Boolean column compared with text
      a: count().where('is_mobile', '=', 'yes').ever(),
      // @ts-expect-error no such column
      b: count().where('mobile', '=', true).ever(),
    }),
  }),
  featureView({
    ...of,
    name: 'name_twice',
    // @ts-expect-error two features named logins_7d
    features: ({ count, sum }) => ({
      logins: sum('login_count').over('7d'),
      logins_7d: count().ever(),
    }),
  }),
  featureView({
    ...of,
    name: 'entry_twice',
    features: ({ count }) => ({
      // biome-ignore lint/suspicious/noDuplicateObjectKeys: the mistake in question
      logins: count().ever(),
      // @ts-expect-error one key twice
      logins: count().over('7d'),
    }),
  }),
  // @ts-expect-error the time is no instant
  featureView({ ...of, name: 'time', time: 'login_count', features: ({ count }) => ({ a: count().ever() }) }),
  // @ts-expect-error the entity is not in the spine
  featureView({ ...of, name: 'entity', entity: 'feature', features: ({ count }) => ({ a: count().ever() }) }),
  featureView({
    ...of,
    name: 'cohort',
    // @ts-expect-error the spine has no such column
    cohort: { column: 'tier', in: ['enterprise'] },
    features: ({ count }) => ({ a: count().ever() }),
  }),
];

// @ts-expect-error the spine has no such column
export const gold = goldTable({ spine, entity: 'customer_id', keep: ['tier'], views: [] });

export const typed = typedModel({
  // @ts-expect-error no such column
  query: ({ db }) => db.selectFrom('engagement').select('logins'),
});
