import { modelName } from '../dataset/feature-name.ts';
import type { Model, Tree } from './model.ts';
import { formatG, joinG } from './numbers.ts';

/**
 * LightGBM's text model, version 4. Writing what was read gives the same bytes again.
 *
 * @example writeFileSync('model.txt', writeModel(model)); // lightgbm.Booster(model_file='model.txt')
 */
export function writeModel(model: Model): string {
  const blocks = model.trees.map((tree, index) => `Tree=${index}\n${treeLines(tree)}\n\n`);
  const { objective, monotoneConstraints } = model;
  const header = [
    'tree',
    'version=v4',
    `num_class=${objective.classes}`,
    `num_tree_per_iteration=${model.treesPerIteration}`,
    `label_index=${model.labelIndex}`,
    `max_feature_idx=${model.featureNames.length - 1}`,
    ...(objective.text === '' ? [] : [`objective=${objective.text}`]),
    ...(model.averageOutput ? ['average_output'] : []),
    `feature_names=${model.featureNames.map(modelName).join(' ')}`,
    ...(monotoneConstraints.length === 0 ? [] : [`monotone_constraints=${monotoneConstraints.join(' ')}`]),
    `feature_infos=${model.featureInfos.join(' ')}`,
    `tree_sizes=${blocks.map((block) => Buffer.byteLength(block)).join(' ')}`,
  ];
  const categories = [...model.categories].sort(([a], [b]) => a - b).map(([, dictionary]) => dictionary);
  return [
    `${header.join('\n')}\n\n`,
    ...blocks,
    'end of trees\n\n',
    'feature_importances:\n',
    ...importances(model).map(([name, count]) => `${name}=${count}\n`),
    '\nparameters:\n',
    ...model.parameters.map(([name, value]) => `[${name}: ${value}]\n`),
    '\nend of parameters\n\n',
    `pandas_categorical:${categories.length === 0 ? model.noCategories : pythonJson(categories)}\n`,
  ].join('');
}

function treeLines(tree: Tree): string {
  const lines = [
    `num_leaves=${tree.numLeaves}`,
    `num_cat=${Math.max(0, tree.catBoundaries.length - 1)}`,
    `split_feature=${tree.splitFeature.join(' ')}`,
    `split_gain=${joinG(tree.splitGain, 6)}`,
    `threshold=${joinG(tree.threshold, 17)}`,
    `decision_type=${tree.decisionType.join(' ')}`,
    `left_child=${tree.leftChild.join(' ')}`,
    `right_child=${tree.rightChild.join(' ')}`,
    `leaf_value=${joinG(tree.leafValue, 17)}`,
    `leaf_weight=${tree.numLeaves > 1 ? joinG(tree.leafWeight, 17) : ''}`,
    `leaf_count=${tree.leafCount.join(' ')}`,
    `internal_value=${joinG(tree.internalValue, 6)}`,
    `internal_weight=${joinG(tree.internalWeight, 6)}`,
    `internal_count=${tree.internalCount.join(' ')}`,
  ];
  if (tree.catBoundaries.length > 1) {
    lines.push(
      `cat_boundaries=${tree.catBoundaries.join(' ')}`,
      `cat_threshold=${tree.catThreshold.join(' ')}`,
    );
  }
  lines.push(`is_linear=${tree.linear === undefined ? 0 : 1}`, ...linearLines(tree));
  lines.push(`shrinkage=${formatG(tree.shrinkage, 6)}`, '');
  return lines.join('\n');
}

function linearLines({ linear }: Tree): string[] {
  if (linear === undefined) return [];
  const perLeaf = (
    lists: readonly (readonly number[])[],
    text: (list: readonly number[]) => string,
  ): string => lists.map((list) => (list.length > 0 ? `${text(list)}  ` : ' ')).join('');
  return [
    `leaf_const=${joinG(linear.constant, 17)}`,
    `num_features=${linear.features.map((list) => list.length).join(' ')}`,
    `leaf_features=${perLeaf(linear.features, (list) => list.join(' '))}`,
    `leaf_coeff=${perLeaf(linear.coefficients, (list) => joinG(list, 17))}`,
  ];
}

/** Features and how often they split, most used first. */
function importances(model: Model): [string, number][] {
  const counts = new Array<number>(model.featureNames.length).fill(0);
  for (const tree of model.trees) {
    tree.splitFeature.forEach((feature, node) => {
      if (tree.splitGain[node]! > 0) counts[feature]! += 1;
    });
  }
  return model.featureNames
    .map((name, f): [string, number] => [modelName(name), counts[f]!])
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);
}

/** JSON as Python's json.dumps writes it: blanks after commas, ASCII only. */
function pythonJson(lists: readonly (readonly string[])[]): string {
  const text = (value: string): string =>
    JSON.stringify(value).replace(
      /[\u007f-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return `[${lists.map((list) => `[${list.map(text).join(', ')}]`).join(', ')}]`;
}
