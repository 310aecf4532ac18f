/** What stands around a model: tracking of runs and the registry. */
export { jsonText, writeFolderWhole, writeWhole } from './files.ts';
export {
  type Registry,
  type RegistryEntry,
  readRegistry,
  registryPath,
  withTrained,
  writeRegistry,
} from './registry/registry.ts';
export { type DataFingerprint, type FingerprintColumn, fingerprint } from './tracking/fingerprint.ts';
export {
  type RunFolder,
  type RunRecord,
  readRunFile,
  runFolderPath,
  runSchemaVersion,
  writeRun,
} from './tracking/run-folder.ts';
export { canonical, runId } from './tracking/run-id.ts';
