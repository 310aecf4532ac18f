import { fingerprint, selectRows, writeModel } from '#ml';
import {
  type EvaluationDocument,
  evaluationDocument,
  labelledRows,
  type RunRecord,
  readRegistry,
  runId,
  runSchemaVersion,
  trainModel,
  trainParams,
  withTrained,
  writeRegistry,
  writeRun,
} from '#ops';
import type { Context } from '../command.ts';
import { count } from '../render/words.ts';
import { decimal } from '../report/figures.ts';
import { targetFolder } from '../target-folder.ts';
import { version } from '../version.ts';
import type { GoldContext, OpenedGold } from './gold.ts';
import { trainingPictures, trainingPlots } from './plots.ts';
import { refuse } from './refuse.ts';
import { labelProof, splitsDocument } from './splits.ts';

export interface Trained {
  readonly record: RunRecord;
  readonly evaluation: EvaluationDocument;
  /** Where the run was written. */
  readonly folder: string;
}

/** Trains on the gold table, writes the run's folder, takes the run into use. */
export async function runTraining(
  context: Pick<Context, 'emit' | 'signal'> & Pick<GoldContext, 'flags'>,
  gold: OpenedGold,
): Promise<Trained> {
  const { project, prediction, data } = gold;
  const training = project.training;
  const proof = await labelProof(gold);
  const labelled = selectRows(data, labelledRows(data));
  let begun = performance.now();
  const trained = await trainModel(labelled, training, {
    threads: context.flags.threads,
    signal: context.signal,
    onFold: ({ fold, evaluation, bestIteration }, index, of) => {
      const { averagePrecision, rocAuc } = evaluation.overall;
      const detail = `AP ${decimal(averagePrecision.value)}, AUC ${decimal(rocAuc.value)}, ${bestIteration} trees, ${count(fold.train.length)} rows, ${count(fold.purged)} purged`;
      const seconds = (performance.now() - begun) / 1000;
      begun = performance.now();
      context.emit({
        type: 'step-end',
        name: fold.name,
        index: index + 1,
        total: of,
        seconds,
        status: 'done',
        detail,
      });
    },
  }).catch(refuse);

  const evaluation = evaluationDocument(trained);
  const params = trainParams(training, undefined);
  const inputs = {
    version,
    model: prediction.model.value,
    params,
    weights: training?.weights ?? null,
    folds: training?.folds ?? null,
    final: training?.final ?? null,
    calibration: training?.calibration ?? null,
    threshold: training?.threshold ?? null,
    ...(training?.selection === undefined ? {} : { selection: training.selection }),
    data: fingerprint(labelled),
  };
  const { overall } = trained.evaluation;
  const record: RunRecord = {
    schema_version: runSchemaVersion,
    id: runId(inputs),
    project: project.name,
    model: prediction.model.value,
    churn_version: version,
    parameters: params as RunRecord['parameters'],
    data: { rows: labelled.rows, hash: inputs.data },
    features: trained.final.model.featureNames,
    metrics: {
      average_precision: overall.averagePrecision.value,
      roc_auc: overall.rocAuc.value,
      log_loss: overall.logLoss.value,
      brier: overall.brier.value,
      precision_at_10: overall.precisionAt10.value,
      lift_at_10: overall.liftAt10.value,
      lead_time_days: overall.leadTimeDays?.value,
    },
  };
  const target = targetFolder(project);
  const folder = writeRun(target, {
    record,
    model: writeModel(trained.final.model),
    documents: {
      evaluation,
      splits: splitsDocument(prediction.label, proof, trained.plan, labelled.labelKnownAt),
      calibration: trained.calibration ?? { method: 'none' },
    },
    plots: trainingPlots(labelled, trained),
    pictures: trainingPictures(labelled, trained),
  });
  writeRegistry(target, withTrained(readRegistry(target), record.id, new Date()));
  return { record, evaluation, folder };
}
