/** A stranger's feature view against the packed declarations. */
import { featureView, model } from 'churn';

export default featureView({
  name: 'engagement',
  spine: model('gold.prediction_times'),
  from: model('silver.daily_engagement'),
  entity: 'customer_id',
  time: 'activity_date',
  availableAt: 'available_at',
  features: ({ sum }) => ({ logins: sum('login_count').over('7d', '30d') }),
});

// @ts-expect-error: a feature view needs a model to read
featureView({ name: 'nothing' });
