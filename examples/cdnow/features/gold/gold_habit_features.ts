import { featureView, model } from '#core';

/** The customer's own rhythm over its whole history up to the prediction day, and the silence now against it. */
export default featureView({
  name: 'gold_habit_features',
  from: model('silver_purchases'),
  spine: model('gold_active_customers'),
  entity: 'customer_id',
  time: 'purchase_date',
  availableAt: 'purchase_date',
  edges: '[]',
  config: { alias: 'habit_features' },
  features: ({ at, avg, col, countDistinct, derive, divide, feature, last, max, sinceLast, sql, sum }) => ({
    // a purchase weighs e^(-age / 1 year); in thousandths, so that the sum does not depend on the order of rows
    _decayed: sum(
      sql<number>`round(1000 * exp(-date_diff('day', ${col('purchase_date')}::timestamp, ${at}) / 365))::integer`,
    ).ever(),
    decayed_frequency: derive(sql`${feature('_decayed')} / 1000`)
      .as('double')
      .describe('Purchase days so far, each weighing e^(-age / 1 year).'),
    months_active: countDistinct(sql`date_trunc('month', ${col('purchase_date')})`)
      .ever()
      .describe('Calendar months with a purchase so far.'),
    mean_gap_days: avg('days_since_previous')
      .ever()
      .describe('Mean days between purchase days; NULL after one.'),
    longest_gap_days: max('days_since_previous')
      .as('integer')
      .ever()
      .describe('Longest gap between purchase days so far.'),
    last_gap_days: last('days_since_previous')
      .as('integer')
      .ever()
      .describe('Gap between the last two purchase days.'),
    _recency: sinceLast().within('180d'),
    recency_vs_gap: divide('_recency', 'mean_gap_days')
      .as('double')
      .describe("Days since the last purchase over the customer's mean gap; NULL after one purchase."),
  }),
});
