import { featureView, model } from '#core';

/** Recency, frequency, money and their velocity. A day stands for its close, so windows take both of their edges. */
export default featureView({
  name: 'gold_purchase_features',
  from: model('silver_purchases'),
  spine: model('gold_active_customers'),
  entity: 'customer_id',
  time: 'purchase_date',
  availableAt: 'purchase_date',
  edges: '[]',
  config: { alias: 'purchase_features' },
  features: ({ change, count, derive, divide, feature, max, sinceLast, sql, sum }) => ({
    recency_days: sinceLast().within('180d'),
    frequency: count().over('30d', '90d', '180d'),
    monetary: sum('dollars').over('90d', '180d'),
    order_value_180d: divide('monetary_180d', 'frequency_180d'),
    largest_order: max('dollars').as('double').over('180d'),
    cds: sum('cds').as('integer').over('180d'),
    purchase_velocity_90d: change(count(), '90d'),
    spend_change_90d: derive(sql`2 * ${feature('monetary_90d')} - ${feature('monetary_180d')}`),
  }),
});
