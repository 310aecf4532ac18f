import { model, monthly, projectVar, spine } from '#core';

interface Bounds {
  readonly until_day?: number;
  readonly observed_days: number;
  readonly horizon_days: number;
}
const bounds = projectVar<Readonly<Record<'new_user' | 'established' | 'mature', Bounds>>>('cohorts');
const cohort = ({ until_day, observed_days, horizon_days }: Bounds) =>
  ({
    ...(until_day !== undefined && { until: `${until_day}d` as const }),
    observed: `${observed_days}d`,
    horizon: `${horizon_days}d`,
  }) as const;

/**
 * Who is scored when: every customer known, observed for as long as its cohort asks and not known to have left, on the
 * first of every month, with what is fixed about it at that time and with the label.
 */
export default spine({
  name: 'gold_customer_spine',
  config: { alias: 'customer_spine' },
  from: model('silver_customers'),
  entity: 'customer_id',
  knownFrom: 'known_from',
  start: 'signed_up_at',
  end: 'cancelled_at',
  calendar: monthly({
    first: projectVar<string>('first_prediction'),
    count: projectVar<number>('prediction_months'),
  }),
  cohorts: {
    new_user: cohort(bounds.new_user),
    established: cohort(bounds.established),
    mature: cohort(bounds.mature),
  },
  keep: ['ltv_tier', 'signed_up_at', 'annual_value', 'country', 'industry', 'term', 'contract_ends_on'],
  label: {
    column: 'churned',
    completeUntil: projectVar<string>('labels_until'),
    daysUntil: 'days_until_churn',
  },
});
