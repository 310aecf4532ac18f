import { EngineError, type PredictionConfig, reportCli } from '#core';
import type { Dataset } from '#ml';
import { columnOf, goldDataset } from '#ops';
import { exitCodes } from '../exit-codes.ts';
import { CommandFailure, fail } from '../failures.ts';
import { type Opened, openProject, type ProjectContext } from '../session.ts';
import { openTargetWith } from '../target.ts';
import { predictionOf, refuse } from './refuse.ts';

export type GoldContext = ProjectContext;

/** A project whose gold table has been read. */
export interface OpenedGold extends Opened {
  readonly prediction: PredictionConfig;
  /** Every row of the gold table, those without a label too. */
  readonly data: Dataset;
  /** The entity's type in the gold table, such as `BIGINT`; it is read as text. */
  readonly entityType: string;
  /** `gold.customer_360`. */
  readonly relation: string;
}

/** Opens the project and reads the table that `prediction.model` names. */
export async function openGold(context: GoldContext, command: string): Promise<OpenedGold> {
  const opened = await openProject(context, { bind: false });
  const prediction = predictionOf(opened.project, command);
  const node = [...opened.rendered.nodes.values()].find(({ name }) => name === prediction.model.value);
  if (node === undefined)
    throw new CommandFailure([
      reportCli('CH921', {
        relation: `of \`${prediction.model.value}\``,
        problem: 'the project has no such model',
      }),
    ]);
  const { schema, identifier } = node.relation;
  const relation = `${schema}.${identifier}`;
  const adapter = await openTargetWith(context.env, opened.project, node.relation);
  try {
    const { readColumns } = await import('../engine.ts');
    // Sorted, so that the same rows give the same model whatever order the engine stored them in.
    const table = await readColumns(adapter.main, node.relation, {
      orderBy: [prediction.predictionTime, prediction.entity]
        .map((name) => `"${name.replaceAll('"', '""')}"`)
        .join(', '),
      asText: [prediction.entity],
    });
    if (table.rows === 0) fail(reportCli('CH921', { relation, problem: 'it has no rows' }), exitCodes.failed);
    return {
      ...opened,
      prediction,
      relation,
      entityType: columnOf(table, prediction.entity)?.type ?? '',
      data: goldDataset(table, prediction, opened.project.training),
    };
  } catch (error) {
    if (error instanceof EngineError)
      fail(reportCli('CH921', { relation, problem: error.message }), exitCodes.failed);
    return refuse(error);
  } finally {
    await adapter.close();
  }
}
