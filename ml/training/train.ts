import { checkDataset } from '../dataset/check.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { Model, Tree } from '../format/model.ts';
import { treeOf } from '../format/tree-of.ts';
import { binColumns } from '../kernels/bin-crew.ts';
import { sharedBooster } from '../kernels/shared-booster.ts';
import { predictRawSync } from '../predicting/predict.ts';
import { constantTree, plainBooster } from './booster.ts';
import { gradientSource } from './gradient-source.ts';
import { modelMeta } from './model-meta.ts';
import { trainingObjective } from './objective.ts';
import type { TrainOptions, TrainResult } from './options.ts';
import type { Params, TrainParams } from './params.ts';
import { resolveParams } from './resolve.ts';
import { bag, resamples } from './sampling.ts';
import { watch } from './watch.ts';

/**
 * Trains a gradient-boosted model with LightGBM's parameters and meanings. Deterministic by seed.
 *
 * @throws MlError CH801..CH807, CH812, CH814, CH815
 * @example
 * const { model, history } = await train(data, { num_leaves: 15, learning_rate: 0.05, metric: ['average_precision'],
 *   early_stopping_round: 50 }, { validation: [{ name: 'valid', data: held }] });
 */
export async function train(
  data: Dataset,
  given: TrainParams = {},
  options: TrainOptions = {},
): Promise<TrainResult> {
  try {
    return await trainModel(data, given, options);
  } catch (error) {
    throw isOutOfMemory(error)
      ? new MlError(
          'CH815',
          `There is not enough memory to train on ${data.rows} rows of ${data.features.length} features.`,
          'Train on fewer rows, or columns of Float32Array.',
        )
      : error;
  }
}

/** What an allocation that fails throws. */
function isOutOfMemory(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    /allocation failed|could not allocate|typed array length/i.test(error.message)
  );
}

async function trainModel(data: Dataset, given: TrainParams, options: TrainOptions): Promise<TrainResult> {
  const started = performance.now();
  const params = resolveParams(given);
  checkDataset(data);
  checkConstraints(params, data);
  const binned = await binColumns(data, params, options.engine === 'plain' ? 1 : params.num_threads);
  const { mappers } = binned;
  const objective = trainingObjective(data, params);
  const { classes } = objective;
  const { initModel } = options;
  // An offset, an earlier model or a loss of the caller's own takes the place of the average.
  const ownStart =
    initModel !== undefined || data.initScore !== undefined || options.customObjective !== undefined;
  const init = ownStart ? [] : objective.init;
  const initialScores = (set: Dataset): Float64Array => startScores(set, classes, init, initModel);
  const scores = initialScores(data);
  const source = gradientSource(data, objective, options.customObjective);
  const custom = options.customObjective !== undefined;
  const watched = options.evaluateTraining === true;
  const setup = { binned, params, objective, source, scores, custom, watched };
  const booster = (options.engine === 'plain' ? null : sharedBooster(setup)) ?? plainBooster(setup);
  const watching = watch({
    params,
    mappers,
    features: data.features,
    objective: objective.model,
    validation: options.validation ?? [],
    initialScores,
    training: options.evaluateTraining ? { data, scores: booster.scores } : undefined,
    customMetrics: options.customMetrics ?? [],
  });
  const trees: Tree[] = [];
  try {
    await boost();
  } finally {
    await booster.close();
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

  async function boost(): Promise<void> {
    let rows: Uint32Array | null = null;
    for (let iteration = 0; iteration < params.num_iterations; iteration++) {
      if (options.signal?.aborted) throw new MlError('CH814', 'Training was interrupted.');
      if (resamples(params, iteration)) {
        rows = bag(params, iteration, data.label ?? new Float64Array(data.rows));
        booster.sample(rows);
      }
      source.update(booster.scores);
      const added: Tree[] = [];
      let grew = false;
      for (let k = 0; k < classes; k++) {
        const bias = iteration === 0 ? (init[k] ?? 0) : 0;
        const grown = objective.trainable[k] ? await booster.grow(k, iteration) : null;
        if (grown === null || grown.nodes.length === 0) {
          added.push(constantTree(bias, data.rows));
          continue;
        }
        grew = true;
        watching.addTree(grown, params.learning_rate, k);
        added.push(treeOf(grown, mappers, params.learning_rate, bias));
      }
      if (!grew && (iteration > 0 || initModel !== undefined)) break; // no split gains anything any more
      trees.push(...added);
      if (options.evaluateTraining) booster.sync();
      const stop = watching.evaluate();
      options.onIteration?.({
        iteration: iteration + 1,
        of: params.num_iterations,
        metrics: watching.latest(),
      });
      if (stop || !grew) break;
      if (iteration % 8 === 7) await new Promise((resolve) => setImmediate(resolve)); // let timers and signals through
    }
  }
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
