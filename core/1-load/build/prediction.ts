import type { DriverAction, PredictionConfig } from '../prediction.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { get, itemsOf, oneOrMany, textOf, type YamlNode } from '../yaml/tree.ts';

/** `prediction:` of the project file; undefined when it is absent or names no model. */
export function buildPrediction(doc: YamlDocument): PredictionConfig | undefined {
  const node = get(doc.root, 'prediction');
  const model = doc.text(get(node, 'model'));
  if (node === undefined || model === undefined) return undefined;
  const text = (key: string): string | undefined => textOf(get(node, key));
  return {
    model,
    entity: text('entity') ?? '',
    predictionTime: text('prediction_time') ?? 'prediction_time',
    label: text('label') ?? '',
    horizon: text('horizon'),
    labelKnownAt: text('label_known_at'),
    daysUntilEvent: text('days_until_event'),
    cohort: text('cohort'),
    tier: text('tier'),
    exclude: oneOrMany(get(node, 'exclude')).flatMap((item) => textOf(item) ?? []),
    actions: itemsOf(get(node, 'actions')).map(buildAction),
    span: doc.span(node),
  };
}

const directions = ['low', 'high', 'falling', 'rising'] as const;

/** `{feature, when: falling | {below: 30} | {above: 3}, action, description}`. */
function buildAction(node: YamlNode): DriverAction {
  return {
    feature: textOf(get(node, 'feature')) ?? '',
    when: buildWhen(get(node, 'when')),
    action: textOf(get(node, 'action')) ?? '',
    description: textOf(get(node, 'description')),
  };
}

function buildWhen(node: YamlNode | undefined): DriverAction['when'] {
  const below = get(node, 'below');
  if (below?.kind === 'scalar' && typeof below.value === 'number') return { below: below.value };
  const above = get(node, 'above');
  if (above?.kind === 'scalar' && typeof above.value === 'number') return { above: above.value };
  const word = textOf(get(node, 'direction') ?? node);
  return { direction: directions.find((direction) => direction === word) ?? 'low' };
}
