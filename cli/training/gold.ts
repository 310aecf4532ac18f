import {
  type DuckDbAdapter,
  EngineError,
  type PredictionConfig,
  type Project,
  type Relation,
  reportCli,
} from '#core';
import type { Dataset } from '#ml';
import { columnOf, goldDataset } from '#ops';
import { exitCodes } from '../exit-codes.ts';
import { CommandFailure, fail } from '../failures.ts';
import type { ProjectContext } from '../project-context.ts';
import { type Opened, openProject } from '../session.ts';
import { openTarget, openTargetWith } from '../target.ts';
import { type GoldSlice, noSuchSlice, sliceSql } from './gold-slice.ts';
import { predictionOf, refuse } from './refuse.ts';

export type GoldContext = ProjectContext;

/** A project whose gold table has been read. */
export interface OpenedGold extends Opened {
  readonly prediction: PredictionConfig;
  /** Rows of the gold table, those without a label too: all of them, or those of the slice asked for. */
  readonly data: Dataset;
  /** The entity's type in the gold table, such as `BIGINT`; it is read as text. */
  readonly entityType: string;
  /** The gold table. */
  readonly relation: Relation;
}

/** Opens the project and reads the table that `prediction.model` names, or a slice of it. */
export async function openGold(
  context: GoldContext,
  command: string,
  slice?: GoldSlice,
): Promise<OpenedGold> {
  const { opened, prediction, relation } = await goldModel(context, command);
  const adapter = await openTargetWith(context.env, opened.project, relation);
  try {
    return { ...opened, prediction, relation, ...(await readGold(adapter, opened, relation, slice)) };
  } finally {
    await adapter.close();
  }
}

/** The same with the target open for writing, until `use` is done. */
export async function withGold<Result>(
  context: GoldContext,
  command: string,
  slice: GoldSlice,
  use: (gold: OpenedGold, adapter: DuckDbAdapter) => Promise<Result>,
): Promise<Result> {
  // The engine opens the database on a thread of its own, while this one renders the project.
  let opening: Promise<DuckDbAdapter> | undefined;
  const open = (project: Project): void => {
    opening = openTarget(project);
    opening.catch(() => undefined);
  };
  const model = await goldModel(context, command, open).catch(async (error) => {
    await opening?.then((adapter) => adapter.close()).catch(() => undefined);
    throw error;
  });
  const { opened, prediction, relation } = model;
  const adapter = await (opening ?? openTarget(opened.project));
  try {
    const read = await readGold(adapter, opened, relation, slice);
    return await use({ ...opened, prediction, relation, ...read }, adapter);
  } finally {
    await adapter.close();
  }
}

async function goldModel(context: GoldContext, command: string, onLoaded?: (project: Project) => void) {
  // Training asks the audit whether its folds are purged, which needs the types and keeps data tests' facts.
  const isTraining = command === 'train';
  const opened = await openProject(context, { bind: isTraining, tests: isTraining, onLoaded });
  const prediction = predictionOf(opened.project, command);
  const node = [...opened.rendered.nodes.values()].find(({ name }) => name === prediction.model.value);
  if (node === undefined)
    throw new CommandFailure([
      reportCli('CH921', {
        relation: `of \`${prediction.model.value}\``,
        problem: 'the project has no such model',
      }),
    ]);
  return { opened, prediction, relation: node.relation };
}

async function readGold(
  adapter: DuckDbAdapter,
  { project }: Opened,
  relation: Relation,
  slice: GoldSlice | undefined,
): Promise<Pick<OpenedGold, 'data' | 'entityType'>> {
  const prediction = project.prediction as PredictionConfig;
  const name = `${relation.schema}.${relation.identifier}`;
  try {
    const { readColumns } = await import('../engine.ts');
    // Sorted, so that the same rows give the same model whatever order the engine stored them in.
    const table = await readColumns(
      adapter.main,
      slice === undefined ? relation : { sql: sliceSql(relation, prediction, slice) },
      {
        orderBy: [prediction.predictionTime, prediction.entity]
          .map((column) => `"${column.replaceAll('"', '""')}"`)
          .join(', '),
        asText: [prediction.entity],
      },
    );
    if (table.rows === 0) {
      if (slice !== undefined) await noSuchSlice(adapter, relation, prediction, slice);
      fail(reportCli('CH921', { relation: name, problem: 'it has no rows' }), exitCodes.failed);
    }
    return {
      entityType: columnOf(table, prediction.entity)?.type ?? '',
      data: goldDataset(table, prediction, project.training),
    };
  } catch (error) {
    if (error instanceof EngineError)
      fail(reportCli('CH921', { relation: name, problem: error.message }), exitCodes.failed);
    return refuse(error);
  }
}
