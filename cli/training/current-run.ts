import { type Project, reportCli } from '#core';
import { type Calibration, type Model, readModel } from '#ml';
import {
  type CalibrationDocument,
  type EvaluationDocument,
  type RunRecord,
  readRegistry,
  readRunFile,
} from '#ops';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';
import { targetFolder } from '../target-folder.ts';
import { refuse } from './refuse.ts';

/** The run in use, read back from its folder. */
export interface CurrentRun {
  readonly record: RunRecord;
  readonly evaluation: EvaluationDocument;
  readonly calibration: Calibration | undefined;
  readonly model: Model;
  /** SVG of a plot. */
  readonly plot: (name: string) => string | undefined;
  /** The same in characters. */
  readonly picture: (name: string) => string | undefined;
}

/** The registry's current run, or the one named; ends the command when there is none. */
export function currentRun(project: Project, named?: string): CurrentRun {
  const target = targetFolder(project);
  const id = named ?? readRegistry(target).current;
  const file = (name: string): string =>
    (id === undefined ? undefined : readRunFile(target, id, name)) ??
    fail(
      reportCli('CH922', { folder: id === undefined ? target : `${target}/runs/${id}` }),
      exitCodes.failed,
    );
  const calibration = JSON.parse(file('calibration.json')) as CalibrationDocument;
  return {
    record: JSON.parse(file('run.json')) as RunRecord,
    evaluation: JSON.parse(file('evaluation.json')) as EvaluationDocument,
    calibration: calibration.method === 'none' ? undefined : calibration,
    model: modelOf(file('model.txt')),
    plot: (name) => (id === undefined ? undefined : readRunFile(target, id, `plots/${name}.svg`)),
    picture: (name) => (id === undefined ? undefined : readRunFile(target, id, `plots/${name}.txt`)),
  };
}

function modelOf(text: string): Model {
  try {
    return readModel(text);
  } catch (error) {
    return refuse(error);
  }
}
