import { featureView, model } from '#core';

/** Support. A ticket counts once it is known; its sentiment and its escalation from when they were known. */
export default featureView({
  name: 'gold_features_support',
  from: model('silver_support_tickets'),
  spine: model('gold_customer_spine'),
  entity: 'customer_id',
  time: 'opened_at',
  availableAt: 'available_at',
  config: { alias: 'features_support' },
  features: ({ avg, count, share }) => ({
    tickets: count().over('30d'),
    avg_sentiment: avg('sentiment').knownAt('sentiment_known_at').over('30d'),
    escalation_rate: share(count().knownAt('escalated_at')).over('30d'),
  }),
});
