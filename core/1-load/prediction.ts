import type { Span } from '../diagnostics/index.ts';
import type { ConfigValue, Located } from './located.ts';

/** What `prediction:` says: which model feeds the booster and what to do about its drivers. */
export interface PredictionConfig {
  readonly model: Located<string>;
  readonly entity: string;
  readonly predictionTime: string;
  readonly label: string;
  /** Length of the label's future, for purging: a label at p is known at p + horizon. */
  readonly horizon?: string;
  /** Column with the instant each row's label became known, where horizons differ by row; purging prefers it. */
  readonly labelKnownAt?: string;
  /** Column with the days from the prediction to the event, NULL without one: for lead times. */
  readonly daysUntilEvent?: string;
  readonly cohort?: string;
  readonly tier?: string;
  /** Columns that are neither features nor roles above. */
  readonly exclude: readonly string[];
  readonly actions: readonly DriverAction[];
  readonly span: Span;
}

/** A declared answer to a SHAP driver. */
export interface DriverAction {
  readonly feature: string;
  /** Which way the feature must push: its value low/high among customers, falling/rising, or beyond a bound. */
  readonly when:
    | { readonly direction: 'low' | 'high' | 'falling' | 'rising' }
    | { readonly below: number }
    | { readonly above: number };
  readonly action: string;
  readonly description?: string;
}

export interface TrainingConfig {
  readonly weights?: {
    readonly column: string;
    readonly values: Readonly<Record<string, number>>;
    readonly default: number;
  };
  readonly folds: {
    readonly scheme: 'expanding';
    readonly count: number;
    readonly firstTrainPeriods: number;
  };
  readonly final: { readonly trainPeriods: number };
  /** LightGBM parameter names and values; validated by `ml`. */
  readonly params: Readonly<Record<string, ConfigValue>>;
  readonly earlyStopping?: { readonly metric: string; readonly rounds: number };
  readonly threshold?: {
    readonly valueSaved: number;
    readonly interventionCost: number;
    readonly saveRate: number;
  };
  /** Feature selection by SHAP; undefined: all features. */
  readonly selection?: {
    readonly keep?: number;
    readonly minShare?: number;
    readonly noiseProbes?: number;
  };
  readonly calibration?: 'isotonic' | 'platt' | 'none';
  readonly seed: number;
  readonly span?: Span;
}

/** One row of the monitoring table: a metric, its bound and what to do when it is crossed. */
export interface MonitoringRule {
  readonly pillar: 'data_quality' | 'model_health' | 'business';
  readonly metric: string;
  readonly threshold: ConfigValue;
  readonly action: string;
  readonly span: Span;
}
