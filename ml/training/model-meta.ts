import type { BinMapper } from '../binning/bin-mapper.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { Model } from '../format/model.ts';
import { formatG } from '../format/numbers.ts';
import type { Params } from './params.ts';

type Meta = Pick<
  Model,
  'featureNames' | 'featureInfos' | 'categories' | 'monotoneConstraints' | 'parameters'
>;

/** What a model records about its features and its training. */
export function modelMeta(data: Dataset, mappers: readonly BinMapper[], params: Params): Meta {
  const categories = new Map<number, readonly string[]>();
  data.features.forEach((column, f) => {
    if (column.kind === 'categorical') categories.set(f, column.dictionary);
  });
  return {
    featureNames: data.features.map((column) => column.name),
    featureInfos: mappers.map(featureInfo),
    categories,
    monotoneConstraints: params.monotone_constraints,
    parameters: parameterLines(params, categories),
  };
}

function featureInfo(mapper: BinMapper): string {
  if (mapper.bins <= 1) return 'none';
  if (mapper.kind === 'numeric') return `[${formatG(mapper.min, 17)}:${formatG(mapper.max, 17)}]`;
  return [...mapper.codeOfBin].join(':');
}

/** Threads are left out, as nothing depends on them, and an idle class_weight, as LightGBM would warn of it. */
function parameterLines(params: Params, categories: ReadonlyMap<number, unknown>): [string, string][] {
  const lines: [string, string][] = Object.entries(params)
    .filter(([name, value]) => name !== 'num_threads' && (name !== 'class_weight' || value !== 'none'))
    .map(([name, value]) => [name, parameterText(value)]);
  if (categories.size > 0) lines.push(['categorical_feature', [...categories.keys()].join(',')]);
  return lines;
}

function parameterText(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (!Array.isArray(value)) return String(value);
  return value.map((item) => (Array.isArray(item) ? `[${item.join(',')}]` : String(item))).join(',');
}
