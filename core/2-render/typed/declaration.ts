import type { ConfigValue, ModelInput } from '../../1-load/index.ts';
import type { FeatureView } from '../define/feature-view.ts';
import type { GoldTable } from '../define/gold-table.ts';
import type { Spine } from '../define/spine.ts';
import type { ModelColumn, TypedModel } from '../define/typed-model.ts';

export type Declaration = FeatureView | GoldTable | Spine | TypedModel;

const kinds: readonly Declaration['churn'][] = ['feature_view', 'gold_table', 'spine', 'typed_model'];

/** What a typed file says, as plain data for the cache: a SQL template and what belongs to the model. */
export interface Evaluated {
  readonly template: string;
  readonly description?: string;
  readonly config: Readonly<Record<string, ConfigValue>>;
  readonly columns: readonly (ModelColumn & { readonly name: string })[];
  readonly inputs?: readonly ModelInput[];
  readonly pointInTime?: { readonly entity: readonly string[]; readonly predictionTime: string };
}

/** The declaration that a module exports as its default; undefined when it is something else. */
export function declarationIn(module: Readonly<Record<string, unknown>>): Declaration | undefined {
  const value: unknown = module.default;
  if (typeof value !== 'object' || value === null || !('churn' in value)) return undefined;
  const { churn } = value;
  return kinds.some((kind) => kind === churn) ? (value as Declaration) : undefined;
}
