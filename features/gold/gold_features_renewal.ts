import { featureView, model } from '#core';

/**
 * Renewal of mature customers: time to the end of the newest contract known, and recent logins against the customer's own
 * past (1 = as before, 0 = silent). NULL for everybody else.
 */
export default featureView({
  name: 'gold_features_renewal',
  from: model('silver_daily_engagement'),
  spine: model('gold_customer_spine'),
  entity: 'customer_id',
  time: 'activity_date',
  availableAt: 'available_at',
  cohort: { column: 'cohort', in: ['mature'] },
  config: { alias: 'features_renewal' },
  features: ({ at, derive, feature, spine, sql, sum }) => ({
    _logins: sum('login_count').as('integer').over('30d', '60d', '120d'),
    days_to_renewal: derive(sql`date_diff('day', ${at}, ${spine('contract_ends_on')}::timestamp)::integer`),
    engagement_30d_vs_past: derive(
      sql`(${feature('_logins_30d')} + 1) / ((${feature('_logins_120d')} - ${feature('_logins_30d')}) / 3 + 1)`,
    ),
    engagement_60d_vs_past: derive(
      sql`(${feature('_logins_60d')} + 1) / (${feature('_logins_120d')} - ${feature('_logins_60d')} + 1)`,
    ),
  }),
});
