import {
  auditRule,
  eachEvent,
  type FeatureNames,
  type FeatureView,
  featureView,
  goldTable,
  macro,
  model,
  monthly,
  source,
  spine,
  timesOf,
  typedModel,
} from '#core';

const engagement = featureView({
  name: 'engagement_features',
  from: model('engagement'),
  spine: model('spine'),
  entity: 'customer_id',
  time: 'activity_date',
  availableAt: 'available_at',
  cohort: { column: 'cohort', in: ['mature'] },
  features: ({ sum, count, change, slope, col, countDistinct, divide, spine, sql }) => ({
    logins: sum('login_count').over('7d', '30d'),
    _steps: count().over('7d'),
    mobile: count().where('is_mobile', '=', true).within('7d'),
    months: countDistinct(sql<Date>`date_trunc('month', ${col('activity_date')})`).ever(),
    longest: count().over('400d', '99d', '57w', '12mo', '9600h'),
    euros: sum(sql<number>`${macro('in_euros', col('login_count'))}`).within('7d'),
    doubled: sum(macro<'doubled', number>('doubled', col('login_count'), 2)).within('7d'),
    velocity: change(sum('login_count'), '7d'),
    trend: slope(sum('login_count').per('1w'), '4w'),
    per_step: divide('logins_7d', '_steps_7d').describe('Logins per step'),
    tenure: sum(sql<number>`${spine('tenure_days')}`).over('1mo'),
  }),
});

type Names<View> = View extends FeatureView<infer All> ? FeatureNames<All> : never;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export const names: Equal<
  Names<typeof engagement>,
  | 'logins_7d'
  | 'logins_30d'
  | `longest_${'400d' | '99d' | '57w' | '12mo' | '9600h'}`
  | 'mobile'
  | 'months'
  | 'euros'
  | 'doubled'
  | 'velocity'
  | 'trend'
  | 'per_step'
  | 'tenure_1mo'
> = true;

export const gold = goldTable({
  spine: model('spine'),
  entity: 'customer_id',
  keep: ['cohort'],
  label: { column: 'churned', horizon: '90 days' },
  views: [engagement],
  omit: ['logins_30d'],
});

/** Adding a feature means adding it to the contract: that is what the contract is for. */
export const goldWithContract = goldTable({
  spine: model('spine'),
  entity: 'customer_id',
  keep: ['cohort'],
  label: { column: 'churned', horizon: '90 days' },
  views: [engagement],
  omit: [
    'logins_30d',
    'longest_400d',
    'longest_99d',
    'longest_57w',
    'longest_12mo',
    'longest_9600h',
    'euros',
    'doubled',
    'trend',
  ],
  contract: {
    customer_id: 'bigint',
    prediction_time: 'timestamp',
    cohort: 'varchar',
    churned: 'boolean',
    logins_7d: 'double',
    mobile: 'integer',
    months: 'integer',
    velocity: 'double',
    per_step: 'double',
    tenure_1mo: 'double',
  },
});

export const goldOfLabels = goldTable({
  spine: model('spine'),
  entity: 'customer_id',
  keep: [],
  label: { column: 'left_at', horizon: '90 days', from: model('people') },
  views: [],
});

export const events = source('raw', 'events');

export const summary = typedModel({
  query: ({ db }) =>
    db
      .selectFrom('engagement as e')
      .innerJoin('spine as s', 's.customer_id', 'e.customer_id')
      .select(({ fn }) => ['s.cohort', fn.sum<number>('e.login_count').as('logins')])
      .groupBy('s.cohort'),
});

export const fromSource = typedModel({
  query: ({ db }) => db.selectFrom('raw.events as e').select('e.event_id'),
});

const people = {
  from: model('people'),
  entity: 'customer_id',
  knownFrom: 'known_from',
  start: 'joined_at',
} as const;

export const spines = [
  spine({
    ...people,
    name: 'monthly',
    end: 'left_at',
    calendar: monthly({ first: '2024-01-01', count: 12, before: '1d' }),
    cohorts: { new: { until: '60d', observed: '2w', horizon: '30d' }, old: { horizon: '90d' } },
    keep: ['city'],
    label: { column: 'churned', completeUntil: '2025-01-01', daysUntil: 'days' },
  }),
  spine({
    ...people,
    name: 'by_event',
    calendar: eachEvent(model('engagement'), { entity: 'customer_id', knownAt: 'available_at', delay: '1d' }),
  }),
  spine({
    ...people,
    name: 'times',
    calendar: timesOf(model('spine'), 'prediction_time'),
    horizon: '30d',
    label: {
      column: 'silent',
      completeUntil: '2025-01-01',
      events: { of: model('engagement'), time: 'activity_date', is: 'absent' },
    },
  }),
];

export const rule = auditRule({
  id: 'short-windows',
  claim: 'No feature looks back further than a year.',
  cannotSee: 'Features without a proven window.',
  messages: {
    long: ({ days }: { days: number }) => `it looks back ${days} days`,
    never: () => 'never',
  },
  visit: {
    column: ({ window, role }, report) => {
      if (role === 'label') return;
      if (window?.from === null) report('never');
      else if (window !== undefined && window.from < -365) report('long', { days: -window.from });
    },
  },
});
