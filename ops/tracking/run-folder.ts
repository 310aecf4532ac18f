import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonText, writeFolderWhole } from '../files.ts';

export const runSchemaVersion = 1;

type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/** What a training run keeps, besides its model and plots: `run.json`. Holds no clock, so that it is reproducible. */
export interface RunRecord {
  readonly schema_version: number;
  readonly id: string;
  readonly project: string;
  readonly model: string;
  readonly churn_version: string;
  readonly parameters: { readonly [key: string]: JsonValue | undefined };
  /** What was trained on: enough to notice that the data is not the same any more. */
  readonly data: { readonly rows: number; readonly hash: string };
  readonly features: readonly string[];
  readonly metrics: { readonly [key: string]: JsonValue | undefined };
}

export interface RunFolder {
  readonly record: RunRecord;
  /** LightGBM's text format. */
  readonly model: string;
  /** More JSON files by name without ending: `folds`, `calibration`, ... */
  readonly documents: Readonly<Record<string, unknown>>;
  /** SVG by name without ending. */
  readonly plots: Readonly<Record<string, string>>;
  /** The same in characters. */
  readonly pictures?: Readonly<Record<string, string>>;
}

export function runFolderPath(targetPath: string, id: string): string {
  return join(targetPath, 'runs', id);
}

/**
 * Writes `runs/<id>/` whole: run.json, model.txt, the documents as JSON, plots/*.svg and *.txt.
 *
 * @returns the folder's path
 */
export function writeRun(targetPath: string, run: RunFolder): string {
  const files = new Map<string, string>([
    ['run.json', jsonText(run.record)],
    ['model.txt', run.model],
  ]);
  for (const [name, document] of Object.entries(run.documents)) files.set(`${name}.json`, jsonText(document));
  for (const [name, svg] of Object.entries(run.plots)) files.set(`plots/${name}.svg`, svg);
  for (const [name, text] of Object.entries(run.pictures ?? {})) files.set(`plots/${name}.txt`, `${text}\n`);
  const path = runFolderPath(targetPath, run.record.id);
  writeFolderWhole(path, files);
  return path;
}

/** A file of a run; undefined when there is none. */
export function readRunFile(targetPath: string, id: string, name: string): string | undefined {
  const path = join(runFolderPath(targetPath, id), name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
