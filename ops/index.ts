/** What stands around a model: training on the gold table, scoring, tracking of runs, the registry. */
// By star: the bundler then knows that who asks for these asks for nothing else of this folder.
export * from './files.ts';
export { GoldProblem, goldDataset, labelledRows } from './gold/dataset.ts';
export { columnOf, instantsOf, instantText, numbersOf, textAt } from './gold/gold-table.ts';
export { longestInterval } from './gold/interval.ts';
export {
  type Registry,
  type RegistryEntry,
  readRegistry,
  registryPath,
  withTrained,
  writeRegistry,
} from './registry/registry.ts';
export { actionFor, featureMedians, type Medians } from './scoring/actions.ts';
export { type ScoredDriver, type Scores, scoreRows, suggestedAction } from './scoring/score.ts';
export {
  type RunFolder,
  type RunRecord,
  readRunFile,
  runFolderPath,
  runSchemaVersion,
  writeRun,
} from './tracking/run-folder.ts';
export { canonical, runId } from './tracking/run-id.ts';
export {
  type CalibrationDocument,
  type Decision,
  type EvaluationDocument,
  evaluationDocument,
  type FoldRow,
} from './training/documents.ts';
export { trainParams } from './training/settings.ts';
export { netValue, type TrainedModel, type TrainModelOptions, trainModel } from './training/train-model.ts';
