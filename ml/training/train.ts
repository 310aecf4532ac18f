import { binDataset, fitMappers } from '../binning/binned.ts';
import { checkDataset } from '../dataset/check.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { Model, Tree } from '../format/model.ts';
import { treeOf } from '../format/tree-of.ts';
import { predictRawSync } from '../predicting/predict.ts';
import { constantTree, plainBooster } from './booster.ts';
import { modelMeta } from './model-meta.ts';
import { trainingObjective } from './objective.ts';
import type { TrainOptions, TrainResult } from './options.ts';
import type { Params, TrainParams } from './params.ts';
import { resolveParams } from './resolve.ts';
import { bag, goss, resamples } from './sampling.ts';
import { watch } from './watch.ts';

/**
 * Trains a gradient-boosted model with LightGBM's parameters and meanings. Deterministic by seed.
 *
 * @throws MlError CH801..CH807, CH812, CH814
 * @example
 * const { model, history } = await train(data, { num_leaves: 15, learning_rate: 0.05, metric: ['average_precision'],
 *   early_stopping_round: 50 }, { validation: [{ name: 'valid', data: held }] });
 */
export async function train(
  data: Dataset,
  given: TrainParams = {},
  options: TrainOptions = {},
): Promise<TrainResult> {
  const started = performance.now();
  const params = resolveParams(given);
  checkDataset(data);
  checkConstraints(params, data);
  const mappers = fitMappers(data, params);
  const binned = binDataset(data, mappers);
  const objective = trainingObjective(data, params);
  const { classes } = objective;
  const { initModel } = options;
  // An offset, an earlier model or a loss of the caller's own takes the place of the average.
  const ownStart =
    initModel !== undefined || data.initScore !== undefined || options.customObjective !== undefined;
  const init = ownStart ? [] : objective.init;
  const initialScores = (set: Dataset): Float64Array => startScores(set, classes, init, initModel);
  const scores = initialScores(data);
  const watching = watch({
    params,
    mappers,
    features: data.features,
    objective: objective.model,
    validation: options.validation ?? [],
    initialScores,
    training: options.evaluateTraining ? { data, scores } : undefined,
    customMetrics: options.customMetrics ?? [],
  });
  const booster = plainBooster(binned, params);
  const gradients = gradientSource(data, objective, options);
  const trees: Tree[] = [];
  let rows: Uint32Array | null = null;
  let iteration = 0;
  for (; iteration < params.num_iterations; iteration++) {
    if (options.signal?.aborted) throw new MlError('CH814', 'Training was interrupted.');
    if (resamples(params, iteration))
      rows = bag(params, iteration, data.label ?? new Float64Array(data.rows));
    gradients.update(scores);
    const added: Tree[] = [];
    let grew = false;
    for (let k = 0; k < classes; k++) {
      const bias = iteration === 0 ? (init[k] ?? 0) : 0;
      if (!objective.trainable[k]) {
        added.push(constantTree(bias, data.rows));
        continue;
      }
      const { gradient, hessian } = gradients.of(k, scores);
      const sampled = goss(params, iteration, gradient, hessian) ?? rows;
      const grown = booster.grow(gradient, hessian, sampled, iteration * classes + k);
      if (grown.tree.nodes.length === 0) {
        added.push(constantTree(bias, data.rows));
        continue;
      }
      grew = true;
      booster.addScores(grown, sampled, params.learning_rate, scores, classes, k);
      watching.addTree(grown.tree, params.learning_rate, k);
      added.push(treeOf(grown.tree, mappers, params.learning_rate, bias));
    }
    if (!grew && (iteration > 0 || initModel !== undefined)) break; // no split gains anything any more
    trees.push(...added);
    const stop = watching.evaluate();
    options.onIteration?.({
      iteration: iteration + 1,
      of: params.num_iterations,
      metrics: watching.latest(),
    });
    if (stop || !grew) break;
    if (iteration % 8 === 7) await new Promise((resolve) => setImmediate(resolve)); // let timers and signals through
  }
  const bestIteration = Math.min(watching.bestIteration(), trees.length / classes);
  const model: Model = {
    objective: objective.model,
    treesPerIteration: classes,
    trees: [...(initModel?.trees ?? []), ...trees.slice(0, bestIteration * classes)],
    noCategories: 'null',
    labelIndex: 0,
    averageOutput: false,
    ...modelMeta(data, mappers, params),
  };
  const seconds = (performance.now() - started) / 1000;
  return { model, params, history: watching.history(), bestIteration, seconds };
}

function checkConstraints(params: Params, data: Dataset): void {
  const features = data.features.length;
  const monotone = params.monotone_constraints;
  if (monotone.length > 0 && monotone.length !== features) {
    throw new MlError(
      'CH804',
      `monotone_constraints has ${monotone.length} entries for ${features} features.`,
    );
  }
  const onCategory = data.features.find(
    (column, f) => column.kind === 'categorical' && (monotone[f] ?? 0) !== 0,
  );
  if (onCategory !== undefined) {
    throw new MlError('CH804', `Feature \`${onCategory.name}\` is categorical and cannot be monotone.`);
  }
  const unknown = params.interaction_constraints.flat().find((index) => index >= features);
  if (unknown !== undefined) {
    throw new MlError(
      'CH804',
      `interaction_constraints names column ${unknown}; there are ${features} features.`,
    );
  }
}

/** Scores before the first new tree: the starting value, the data set's own offsets, an earlier model. */
function startScores(
  data: Dataset,
  classes: number,
  init: readonly number[],
  initModel?: Model,
): Float64Array {
  const scores =
    initModel === undefined ? new Float64Array(data.rows * classes) : predictRawSync(initModel, data);
  for (let i = 0; i < scores.length; i++) {
    scores[i]! +=
      (init[i % classes] ?? 0) +
      (data.initScore?.[data.initScore.length === scores.length ? i : Math.floor(i / classes)] ?? 0);
  }
  return scores;
}

interface GradientSource {
  /** Once an iteration, before any class. */
  update(scores: Float64Array): void;
  of(classIndex: number, scores: Float64Array): { gradient: Float64Array; hessian: Float64Array };
}

function gradientSource(
  data: Dataset,
  objective: ReturnType<typeof trainingObjective>,
  options: TrainOptions,
): GradientSource {
  const { classes } = objective;
  const { customObjective } = options;
  const gradient = new Float64Array(data.rows);
  const hessian = new Float64Array(data.rows);
  if (customObjective === undefined) {
    // Classes of an iteration see the same scores, as in LightGBM.
    let before = new Float64Array(0);
    return {
      update(scores) {
        before = classes === 1 ? (scores as Float64Array<ArrayBuffer>) : scores.slice();
      },
      of(k) {
        objective.gradients(before, k, gradient, hessian);
        return { gradient, hessian };
      },
    };
  }
  const allGradients = new Float64Array(data.rows * classes);
  const allHessians = new Float64Array(data.rows * classes);
  return {
    update: (scores) => customObjective(scores, data, allGradients, allHessians),
    of(k) {
      for (let row = 0; row < data.rows; row++) {
        gradient[row] = allGradients[row * classes + k]!;
        hessian[row] = allHessians[row * classes + k]!;
      }
      return { gradient, hessian };
    },
  };
}
