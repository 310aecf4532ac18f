import {
  auditRule,
  eachEvent,
  featureView,
  goldTable,
  macro,
  model,
  monthly,
  source,
  spine as spineOf,
  timesOf,
  typedModel,
} from '#core';

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
    name: 'longer_than_the_history',
    features: ({ count, sinceLast, slope, streak, change }) => ({
      // @ts-expect-error 400 days are there
      a: count().over('7d', '401d'),
      // @ts-expect-error a year and a half
      b: count().within('18mo'),
      // @ts-expect-error 58 weeks
      c: sinceLast().within('58w'),
      // @ts-expect-error the longest hours are 9600
      d: streak('1h', '10000h'),
      // @ts-expect-error a year of two
      e: slope(count().per('7d'), '1000d'),
      // @ts-expect-error two years against two
      f: change(count(), '24mo'),
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

const table = { spine, entity: 'customer_id', keep: [], views: [] } as const;
export const labels = [
  // @ts-expect-error the spine has no such label
  goldTable({ ...table, label: { column: 'left_at', horizon: '30 days' } }),
  // @ts-expect-error nor has the model that it comes from
  goldTable({ ...table, label: { column: 'churned', horizon: '30 days', from: model('people') } }),
];

export const contracts = [
  goldTable({
    ...table,
    keep: ['cohort'],
    // @ts-expect-error a column of the table is missing
    contract: { customer_id: 'bigint', prediction_time: 'timestamp' },
  }),
  goldTable({
    ...table,
    // @ts-expect-error the table has no such column
    contract: { customer_id: 'bigint', prediction_time: 'timestamp', tier: 'varchar' },
  }),
];

export const typed = typedModel({
  // @ts-expect-error no such column
  query: ({ db }) => db.selectFrom('engagement').select('logins'),
});

export const macros = featureView({
  ...of,
  name: 'macros',
  features: ({ col, sql, sum }) => ({
    // @ts-expect-error no such macro
    a: sum(sql<number>`${macro('in_euro', col('login_count'))}`).ever(),
    // @ts-expect-error it takes one argument or two
    b: sum(sql<number>`${macro('in_euros')}`).ever(),
    // @ts-expect-error not three
    c: sum(sql<number>`${macro('in_euros', col('login_count'), 2, 3)}`).ever(),
    // @ts-expect-error a number is no text
    d: sum(sql<number>`${macro('doubled', col('login_count'), 'twice')}`).ever(),
    // @ts-expect-error no such column
    e: sum(sql<number>`${macro('doubled', col('logins'), 2)}`).ever(),
  }),
});

const people = {
  from: model('people'),
  entity: 'customer_id',
  knownFrom: 'known_from',
  start: 'joined_at',
  calendar: monthly({ first: '2024-01-01', count: 3 }),
} as const;

export const spines = [
  // @ts-expect-error the population has no such column
  spineOf({ ...people, name: 'entity', entity: 'person' }),
  // @ts-expect-error a life does not begin with text
  spineOf({ ...people, name: 'start', start: 'city' }),
  // @ts-expect-error nor does it end with a number
  spineOf({ ...people, name: 'end', end: 'customer_id' }),
  // @ts-expect-error no such column to keep
  spineOf({ ...people, name: 'keep', keep: ['tier'] }),
  // @ts-expect-error horizons are counted in days
  spineOf({ ...people, name: 'months', horizon: '3mo' }),
  // @ts-expect-error cohorts end after days, not dates
  spineOf({ ...people, name: 'cohorts', cohorts: { new: { until: '2024-03-01' }, old: {} } }),
  // @ts-expect-error a label says until when the data are complete
  spineOf({ ...people, name: 'label', horizon: '30d', label: { column: 'churned' } }),
  spineOf({
    ...people,
    name: 'events',
    horizon: '30d',
    label: {
      column: 'quiet',
      completeUntil: '2024-06-01',
      // @ts-expect-error an event happens at an instant
      events: { of: model('engagement'), time: 'login_count' },
    },
  }),
];

// @ts-expect-error a calendar has a count or an end
export const endless = monthly({ first: '2024-01-01' });
// @ts-expect-error prediction times are instants
export const times = timesOf(model('spine'), 'cohort');
// @ts-expect-error events have an instant from which they are known
export const events = eachEvent(model('engagement'), { entity: 'customer_id', knownAt: 'feature' });

const document = { id: 'a', claim: 'c', cannotSee: 's' };
const messages = { long: ({ days }: { days: number }) => `${days} days` };

export const rules = [
  // @ts-expect-error no such message
  auditRule({ ...document, messages, visit: { column: (_, report) => report('short', { days: 1 }) } }),
  // @ts-expect-error the message wants a number
  auditRule({ ...document, messages, visit: { column: (_, report) => report('long', { days: '1' }) } }),
  // @ts-expect-error the message wants its data
  auditRule({ ...document, messages, visit: { column: (_, report) => report('long') } }),
  // @ts-expect-error a column has no such property
  auditRule({ ...document, messages, visit: { column: ({ widow }) => void widow } }),
  // @ts-expect-error a window may be unproven
  auditRule({ ...document, messages, visit: { column: ({ window }) => void window.from } }),
  // @ts-expect-error nothing of that kind is visited
  auditRule({ ...document, messages, visit: { row: () => undefined } }),
  // @ts-expect-error a rule says what it cannot see
  auditRule({ id: 'a', claim: 'c', messages, visit: {} }),
  // @ts-expect-error no such severity
  auditRule({ ...document, messages, severity: 'fatal', visit: {} }),
];
