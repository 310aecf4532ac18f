import { goldTable, model } from '#core';
import habits from '../../features/gold/gold_habit_features.ts';
import purchases from '../../features/gold/gold_purchase_features.ts';

/** The training and scoring table, one row per active customer and month end: features, cohort, label. */
export default goldTable({
  spine: model('gold_active_customers'),
  entity: 'customer_id',
  keep: ['cohort', 'tenure_days', 'frequency', 'monetary'],
  views: [purchases, habits],
  label: { column: 'churned', horizon: '90 days', from: model('gold_labels') },
});
