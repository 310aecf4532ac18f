import { featureView, model } from '#core';

/** Activation of new users: what a customer did in its first days, as far as it was known. NULL for everybody else. */
export default featureView({
  name: 'gold_features_activation',
  from: model('silver_daily_engagement'),
  spine: model('gold_customer_spine'),
  entity: 'customer_id',
  time: 'activity_date',
  availableAt: 'available_at',
  cohort: { column: 'cohort', in: ['new_user'] },
  config: { alias: 'features_activation' },
  features: ({ col, derive, feature, min, spine, sql, sum }) => ({
    // new users are younger than the window, so it holds all that they ever did
    _first_login: min('activity_date')
      .where('login_count', '>', 0)
      .filter(sql`${col('activity_date')} < ${spine('signed_up_at')} + interval 14 day`)
      .within('60d'),
    days_to_first_login: derive(
      sql`date_diff('day', ${spine('signed_up_at')}, ${feature('_first_login')}::timestamp)::integer`,
    ),
    first_week_logins: sum('login_count')
      .filter(sql`${col('activity_date')} < ${spine('signed_up_at')} + interval 7 day`)
      .as('integer')
      .within('60d'),
  }),
});
