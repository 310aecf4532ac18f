import { MlError } from '../error.ts';
import type { LinearLeaves, Model, ModelObjective, Tree } from './model.ts';

/**
 * Reads LightGBM's text model (v3 and v4; binary, regression, multiclass, ranking; categorical, linear trees).
 *
 * @throws MlError CH809 naming the tree and field that cannot be read
 */
export function readModel(text: string): Model {
  const lines = text.split(/\r?\n/);
  if (lines[0]?.trim() !== 'tree') throw unreadable('it does not start with `tree`');
  const firstTree = lines.findIndex((line) => line.startsWith('Tree='));
  const end = lines.findIndex((line) => line.startsWith('end of trees'));
  if (end < 0) throw unreadable('it ends before `end of trees`: the file is cut off');
  const header = fieldsOf(lines.slice(1, firstTree < 0 ? end : firstTree));
  const required = (name: string): string => {
    const value = header.get(name);
    if (value === undefined) throw unreadable(`its header has no \`${name}\``);
    return value;
  };
  const featureNames = words(required('feature_names'));
  const classes = Number(header.get('num_class') ?? '1');
  const treesPerIteration = Number(header.get('num_tree_per_iteration') ?? '1');
  const trees = readTrees(lines.slice(firstTree < 0 ? end : firstTree, end), featureNames.length);
  if (trees.length % treesPerIteration !== 0) {
    throw unreadable(`it has ${trees.length} trees, not a multiple of ${treesPerIteration}`);
  }
  const featureInfos = words(header.get('feature_infos') ?? '');
  const parameters = readParameters(lines, end);
  return {
    objective: readObjective(header.get('objective') ?? '', classes),
    treesPerIteration,
    trees,
    featureNames,
    featureInfos: featureInfos.length > 0 ? featureInfos : featureNames.map(() => 'none'),
    categories: readCategories(lines, end, featureInfos, parameters),
    noCategories: /^pandas_categorical:\s*\[\]/m.test(lines.slice(end).join('\n')) ? '[]' : 'null',
    labelIndex: Number(header.get('label_index') ?? '0'),
    averageOutput: header.has('average_output'),
    monotoneConstraints: words(header.get('monotone_constraints') ?? '').map(Number),
    parameters,
  };
}

function unreadable(why: string): MlError {
  return new MlError(
    'CH809',
    `The model text cannot be read: ${why}.`,
    'Save the model again from the tool that made it.',
  );
}

function fieldsOf(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf('=');
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 1).trim());
    else if (line.trim() !== '') fields.set(line.trim(), '');
  }
  return fields;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function readTrees(lines: readonly string[], features: number): Tree[] {
  const trees: Tree[] = [];
  let start = 0;
  while (start < lines.length) {
    let end = start + 1;
    while (end < lines.length && !lines[end]!.startsWith('Tree=')) end++;
    if (lines[start]!.startsWith('Tree=')) {
      trees.push(readTree(fieldsOf(lines.slice(start, end)), trees.length, features));
    }
    start = end;
  }
  return trees;
}

function readTree(fields: Map<string, string>, index: number, features: number): Tree {
  const numLeaves = Number(fields.get('num_leaves'));
  if (!(Number.isInteger(numLeaves) && numLeaves >= 1)) throw unreadable(`tree ${index} has no num_leaves`);
  const nodes = numLeaves - 1;
  const numbers = (name: string, count: number, fallback?: number): number[] => {
    const values = words(fields.get(name) ?? '').map(readNumber);
    if (values.length === 0 && fallback !== undefined) return new Array<number>(count).fill(fallback);
    if (values.length !== count || values.some((value) => Number.isNaN(value))) {
      throw unreadable(`tree ${index} has ${values.length} good values of \`${name}\` instead of ${count}`);
    }
    return values;
  };
  const sets = Number(fields.get('num_cat') ?? '0');
  const boundaries = sets > 0 ? numbers('cat_boundaries', sets + 1) : [];
  const tree: Tree = {
    numLeaves,
    splitFeature: Int32Array.from(numbers('split_feature', nodes)),
    splitGain: Float64Array.from(numbers('split_gain', nodes, 0)),
    threshold: Float64Array.from(numbers('threshold', nodes)),
    decisionType: Uint8Array.from(numbers('decision_type', nodes, 0)),
    leftChild: Int32Array.from(numbers('left_child', nodes)),
    rightChild: Int32Array.from(numbers('right_child', nodes)),
    leafValue: Float64Array.from(numbers('leaf_value', numLeaves)),
    leafWeight: Float64Array.from(numbers('leaf_weight', numLeaves, 0)),
    leafCount: Float64Array.from(numbers('leaf_count', numLeaves, 0)),
    internalValue: Float64Array.from(numbers('internal_value', nodes, 0)),
    internalWeight: Float64Array.from(numbers('internal_weight', nodes, 0)),
    internalCount: Float64Array.from(numbers('internal_count', nodes, 0)),
    catBoundaries: Int32Array.from(boundaries),
    catThreshold: Uint32Array.from(sets > 0 ? numbers('cat_threshold', boundaries[sets]!) : []),
    shrinkage: readNumber(fields.get('shrinkage') ?? '1'),
    linear: fields.get('is_linear') === '1' ? readLinear(fields, numLeaves, numbers) : undefined,
  };
  checkStructure(tree, index, features);
  return tree;
}

function readLinear(
  fields: Map<string, string>,
  leaves: number,
  numbers: (name: string, count: number) => number[],
): LinearLeaves {
  const sizes = numbers('num_features', leaves);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const cut = (values: readonly number[]): number[][] => {
    let at = 0;
    return sizes.map((size) => {
      at += size;
      return values.slice(at - size, at);
    });
  };
  const empty = total === 0 || fields.get('leaf_features') === undefined;
  return {
    constant: Float64Array.from(numbers('leaf_const', leaves)),
    features: cut(empty ? [] : numbers('leaf_features', total)),
    coefficients: cut(empty ? [] : numbers('leaf_coeff', total)),
  };
}

/** Every decision and leaf is reached exactly once from the root, and no index is out of range. */
function checkStructure(tree: Tree, index: number, features: number): void {
  const nodes = tree.numLeaves - 1;
  const seen = new Uint8Array(nodes + tree.numLeaves);
  const visit = (child: number): void => {
    const at = child >= 0 ? child : nodes + ~child;
    const inRange = child >= 0 ? child > 0 && child < nodes : ~child < tree.numLeaves;
    if (!inRange || seen[at] === 1)
      throw unreadable(`tree ${index} is no tree: child ${child} is out of place`);
    seen[at] = 1;
  };
  for (let node = 0; node < nodes; node++) {
    visit(tree.leftChild[node]!);
    visit(tree.rightChild[node]!);
    if (tree.splitFeature[node]! >= features || tree.splitFeature[node]! < 0) {
      throw unreadable(`tree ${index} splits on feature ${tree.splitFeature[node]} of ${features}`);
    }
  }
}

function readNumber(word: string): number {
  const value = Number(word);
  if (!Number.isNaN(value) && word !== '') return value;
  const text = word.toLowerCase();
  if (text === 'inf' || text === '+inf' || text === 'infinity') return Infinity;
  return text === '-inf' || text === '-infinity' ? -Infinity : Number.NaN;
}

function readObjective(text: string, classes: number): ModelObjective {
  const [name = '', ...rest] = words(text);
  const options = new Map(rest.map((part) => part.split(':') as [string, string]));
  const sigmoid = Number(options.get('sigmoid') ?? '1');
  const base = { text, sigmoid, classes };
  if (['binary', 'multiclassova', 'cross_entropy'].includes(name)) return { ...base, link: 'sigmoid' };
  if (name === 'multiclass' || name === 'softmax') return { ...base, link: 'softmax' };
  if (['poisson', 'gamma', 'tweedie'].includes(name)) return { ...base, link: 'exp' };
  if (name === 'cross_entropy_lambda') return { ...base, link: 'softplus' };
  return { ...base, link: rest.includes('sqrt') ? 'square' : 'identity' };
}

function readParameters(lines: readonly string[], from: number): [string, string][] {
  const start = lines.indexOf('parameters:', from);
  if (start < 0) return [];
  const parameters: [string, string][] = [];
  for (let i = start + 1; i < lines.length && lines[i] !== 'end of parameters'; i++) {
    const match = /^\[([^:]+): ?(.*)\]$/.exec(lines[i]!);
    if (match !== null) parameters.push([match[1]!, match[2]!]);
  }
  return parameters;
}

/** Dictionaries are kept in one list; which features they belong to follows from the parameters or the infos. */
function readCategories(
  lines: readonly string[],
  from: number,
  infos: readonly string[],
  parameters: readonly (readonly [string, string])[],
): Map<number, readonly string[]> {
  const line = lines.slice(from).find((text) => text.startsWith('pandas_categorical:'));
  const json = line?.slice('pandas_categorical:'.length).trim() ?? 'null';
  let lists: unknown;
  try {
    lists = JSON.parse(json);
  } catch {
    throw unreadable('its pandas_categorical line is not JSON');
  }
  if (!Array.isArray(lists) || lists.length === 0) return new Map();
  const named = parameters.find(([name]) => name === 'categorical_feature')?.[1] ?? '';
  const byParameter = named
    .split(',')
    .filter((part) => /^\d+$/.test(part))
    .map(Number);
  const byInfo = [...infos.keys()].filter((f) => infos[f] !== 'none' && !infos[f]!.startsWith('['));
  const features = byParameter.length === lists.length ? byParameter : byInfo;
  if (features.length !== lists.length) {
    throw unreadable(`it has ${lists.length} dictionaries for ${features.length} categorical features`);
  }
  return new Map(features.map((feature, i) => [feature, (lists[i] as unknown[]).map(String)]));
}
