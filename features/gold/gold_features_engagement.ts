import { featureView, model } from '#core';

/** Engagement and velocity of every customer and prediction time. */
export default featureView({
  name: 'gold_features_engagement',
  from: model('silver_daily_engagement'),
  spine: model('gold_customer_spine'),
  entity: 'customer_id',
  time: 'activity_date',
  availableAt: 'available_at',
  config: { alias: 'features_engagement' },
  features: ({ change, countDistinct, derive, feature, slope, sql, sum }) => ({
    logins: sum('login_count').as('integer').over('7d', '14d', '30d', '60d', '120d'),
    features_used: countDistinct('feature').over('30d'),
    _session_seconds: sum('session_seconds').as('bigint').over('30d'),
    session_minutes_30d: derive(sql`${feature('_session_seconds_30d')} / 60`),
    login_velocity_wow: change(sum('login_count'), '7d'),
    feature_velocity_wow: change(countDistinct('feature'), '7d'),
    login_trend_4w: slope(sum('login_count').per('7d'), '28d').onlyWhere('tenure_days', '>=', 28),
  }),
});
