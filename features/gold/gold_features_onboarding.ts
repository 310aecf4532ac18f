import { featureView, model, projectVar } from '#core';

/** Onboarding of new users: the share of its steps done within two weeks of sign-up. NULL for everybody else. */
export default featureView({
  name: 'gold_features_onboarding',
  from: model('silver_onboarding_steps'),
  spine: model('gold_customer_spine'),
  entity: 'customer_id',
  time: 'completed_at',
  availableAt: 'available_at',
  cohort: { column: 'cohort', in: ['new_user'] },
  config: { alias: 'features_onboarding' },
  features: ({ col, count, derive, feature, spine, sql }) => ({
    _steps: count()
      .filter(sql`${col('completed_at')} < ${spine('signed_up_at')} + interval 14 day`)
      .within('60d'),
    onboarding_completion_pct: derive(
      sql`${feature('_steps')} * 100 / ${projectVar<number>('onboarding_steps')}`,
    ),
  }),
});
