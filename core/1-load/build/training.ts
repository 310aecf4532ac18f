import type { ConfigValue } from '../located.ts';
import type { TrainingConfig } from '../prediction.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, get, textOf, toValue, type YamlNode } from '../yaml/tree.ts';

const calibrations = ['isotonic', 'platt', 'none'] as const;

/** `training:` of the project file, with the defaults of the framework where it is silent. */
export function buildTraining(doc: YamlDocument): TrainingConfig | undefined {
  const node = get(doc.root, 'training');
  if (node === undefined) return undefined;
  const folds = get(node, 'folds');
  const count = number(get(folds, 'count')) ?? 6;
  const firstTrainPeriods = number(get(folds, 'first_train_periods')) ?? 3;
  const final = number(get(get(node, 'final'), 'train_periods'));
  const calibration = textOf(get(node, 'calibration'));
  return {
    weights: buildWeights(get(node, 'weights')),
    folds: { scheme: 'expanding', count, firstTrainPeriods },
    final: { trainPeriods: final ?? count + firstTrainPeriods },
    params: record(get(node, 'params')),
    earlyStopping: buildEarlyStopping(get(node, 'early_stopping')),
    threshold: buildThreshold(get(node, 'threshold')),
    selection: buildSelection(get(node, 'selection')),
    calibration: calibrations.find((name) => name === calibration),
    seed: number(get(node, 'seed')) ?? 42,
    span: doc.span(node),
  };
}

function buildWeights(node: YamlNode | undefined): TrainingConfig['weights'] {
  const column = textOf(get(node, 'column'));
  if (column === undefined) return undefined;
  const values = entriesOf(get(node, 'values')).map(
    (entry) => [entry.key, number(entry.value) ?? 1] as const,
  );
  return { column, values: Object.fromEntries(values), default: number(get(node, 'default')) ?? 1 };
}

function buildEarlyStopping(node: YamlNode | undefined): TrainingConfig['earlyStopping'] {
  if (node?.kind !== 'map') return undefined;
  return {
    metric: textOf(get(node, 'metric')) ?? 'average_precision',
    rounds: number(get(node, 'rounds')) ?? 50,
  };
}

function buildThreshold(node: YamlNode | undefined): TrainingConfig['threshold'] {
  if (node?.kind !== 'map') return undefined;
  return {
    valueSaved: number(get(node, 'value_saved')) ?? 0,
    interventionCost: number(get(node, 'intervention_cost')) ?? 0,
    saveRate: number(get(node, 'save_rate')) ?? 1,
  };
}

function buildSelection(node: YamlNode | undefined): TrainingConfig['selection'] {
  if (node?.kind !== 'map') return undefined;
  return {
    keep: number(get(node, 'keep')),
    minShare: number(get(node, 'min_share')),
    noiseProbes: number(get(node, 'noise_probes')),
  };
}

function number(node: YamlNode | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

function record(node: YamlNode | undefined): Readonly<Record<string, ConfigValue>> {
  return Object.fromEntries(entriesOf(node).map((entry) => [entry.key, toValue(entry.value)]));
}
