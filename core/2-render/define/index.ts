export {
  type AuditRule,
  type AuditRuleOptions,
  auditRule,
  type RuleCall,
  type RuleColumn,
  type RuleModel,
  type RuleReport,
  type RuleSource,
} from './audit-rule.ts';
export { type Calendar, daily, eachEvent, monthly, type Periods, timesOf, weekly } from './calendar.ts';
export type { ModelName, ModelRow, SourceName, SourceRow } from './catalog.ts';
export type { Duration, FixedDuration } from './duration.ts';
export type { Feature } from './feature.ts';
export type { FeatureTools } from './feature-tools.ts';
export { type FeatureNames, type FeatureView, featureView, type ViewOptions } from './feature-view.ts';
export { type GoldTable, type GoldTableOptions, goldTable } from './gold-table.ts';
export { macro } from './macro.ts';
export { type Fragment, model, projectVar, source, sql } from './references.ts';
export { type Cohort, type Spine, type SpineOptions, spine } from './spine.ts';
export { type TypedModel, type TypedModelOptions, typedModel } from './typed-model.ts';
