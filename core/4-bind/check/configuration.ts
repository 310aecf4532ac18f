import { nearest, reportBind, type Span } from '../../diagnostics/index.ts';
import type { Binding } from '../binding.ts';

/** Checks configuration that names columns: unique keys, snapshot columns, and the project's `prediction:`. */
export function checkConfiguration(binding: Binding): void {
  for (const node of binding.toCheck) {
    const { uniqueKey, snapshot } = node.config;
    const require = (key: string, columns: readonly string[]) =>
      requireColumns(binding, node.uniqueId, key, columns.filter(isName), node.span);
    require('unique_key', uniqueKey);
    if (snapshot === undefined || node.kind !== 'snapshot') continue;
    if (snapshot.updatedAt !== undefined) require('updated_at', [snapshot.updatedAt]);
    if (snapshot.checkColumns !== 'all') require('check_cols', snapshot.checkColumns);
  }
  checkPrediction(binding);
}

function checkPrediction(binding: Binding): void {
  const { prediction } = binding.project;
  if (prediction === undefined) return;
  const models = [...binding.rendered.nodes.values()];
  const { value, span } = prediction.model;
  const model = models.find(({ name }) => name === value);
  if (model === undefined) {
    const suggestion = nearest(
      value,
      models.map(({ name }) => name),
    );
    const args = { key: 'prediction.model', name: value, nearest: suggestion };
    binding.diagnostics.push(reportBind('CH443', args, { span }));
    return;
  }
  const { entity, predictionTime, label, cohort, tier, exclude } = prediction;
  const keys: Readonly<Record<string, readonly (string | undefined)[]>> = {
    'prediction.entity': [entity],
    'prediction.prediction_time': [predictionTime],
    'prediction.label': [label],
    'prediction.cohort': [cohort],
    'prediction.tier': [tier],
    'prediction.exclude': exclude,
    'training.weights.column': [binding.project.training?.weights?.column],
  };
  for (const [key, columns] of Object.entries(keys)) {
    const named = columns.filter((column) => column !== undefined);
    requireColumns(binding, model.uniqueId, key, named, prediction.span);
  }
}

function requireColumns(
  binding: Binding,
  id: string,
  key: string,
  wanted: readonly string[],
  span: Span,
): void {
  const columns = binding.columns.get(id);
  if (columns === undefined || wanted.length === 0) return;
  const names = columns.map(({ name }) => name);
  const existing = new Set(names.map((name) => name.toLowerCase()));
  for (const column of wanted) {
    if (existing.has(column.toLowerCase())) continue;
    const model = binding.graph.nodes.get(id)?.name ?? id;
    const args = { key, model, column, nearest: nearest(column, names) };
    binding.diagnostics.push(reportBind('CH438', args, { span, node: id }));
  }
}

/** A unique key may be an expression; only names can be looked up. */
function isName(text: string): boolean {
  return /^\w+$/.test(text);
}
