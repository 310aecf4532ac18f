import type { Dataset } from '#ml';
import { type ScoredDriver, type Scores, suggestedAction } from '#ops';
import { targetFolder } from '../target-folder.ts';
import { type CurrentRun, currentRun } from '../training/current-run.ts';
import { valueText } from '../training/driver-text.ts';
import type { OpenedGold } from '../training/gold.ts';
import { driverPlots, forcePlot, waterfallPlot } from '../training/plots.ts';
import { timeOf } from '../training/rows.ts';
import { scoreWith } from '../training/scored.ts';
import { version } from '../version.ts';
import { lineageOf } from './lineage-of.ts';
import { readAudit, readBuild } from './read-artifacts.ts';
import type { ReportCustomer, ReportData } from './report-data.ts';

/**
 * Gathers all that the report shows: the current run, today's scores, the artifacts of build and audit.
 *
 * @param gold the slice of one prediction time
 * @param customers how many to show, by risk
 */
export async function collectReport(gold: OpenedGold, customers: number): Promise<ReportData> {
  const { project, prediction, graph, data } = gold;
  const run = currentRun(project);
  const at = timeOf(data);
  const scores = await scoreWith(run, gold, data);
  const threshold = run.evaluation.decision?.threshold;
  const target = targetFolder(project);
  const { importance } = scores;
  const goldNode = [...gold.rendered.nodes.values()].find(({ name }) => name === prediction.model.value);
  return {
    project: project.name,
    entity: prediction.entity,
    generatedAt: new Date().toISOString().slice(0, 10),
    version,
    run: run.record,
    evaluation: run.evaluation,
    importance,
    actionOf: new Map(prediction.actions.map(({ feature, action }) => [feature, action])),
    plots: { ...storedPlots(run), ...driverPlots(scores, data) },
    scoredAt: at,
    scoredRows: data.rows,
    aboveThreshold:
      threshold === undefined ? undefined : scores.probabilities.filter((value) => value >= threshold).length,
    actions: countActions(scores, data, threshold),
    customers: exemplars(scores, customers).map((row) => customerAt(row, data, scores, at)),
    audit: readAudit(target, project.target.name),
    build: readBuild(target),
    lineage: lineageOf(graph, goldNode?.uniqueId),
  };
}

const stored = ['folds', 'pr', 'roc', 'calibration', 'gain', 'lift'] as const;

function storedPlots(run: CurrentRun): Record<string, string> {
  return Object.fromEntries(
    stored.flatMap((name) => {
      const svg = run.plot(name);
      return svg === undefined ? [] : [[name, svg] as const];
    }),
  );
}

const driversShown = 9;

/** What to do, for how many; of those above the threshold where there is one. */
function countActions(scores: Scores, data: Dataset, threshold: number | undefined): ReportData['actions'] {
  const counts = new Map<string, number>();
  for (let row = 0; row < data.rows; row++) {
    if (threshold !== undefined && (scores.probabilities[row] as number) < threshold) continue;
    const action = suggestedAction(scores.driversOf(row, driversShown))?.action;
    if (action !== undefined) counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  return [...counts]
    .map(([action, customers]) => ({ action, customers }))
    .sort((a, b) => b.customers - a.customers || (a.action < b.action ? -1 : 1));
}

/** Calibration makes steps: the raw score decides among equals. */
function riskiest(scores: Scores, take: number): readonly number[] {
  const risk = scores.probabilities;
  return [...risk.keys()]
    .sort(
      (a, b) =>
        (risk[b] as number) - (risk[a] as number) || (scores.raw[b] as number) - (scores.raw[a] as number),
    )
    .slice(0, take);
}

/** Customers among the riskiest, one per suggested action first: each kind of case is worth seeing. */
function exemplars(scores: Scores, take: number): readonly number[] {
  const candidates = riskiest(scores, Math.max(take, 200));
  const seen = new Set<string | undefined>();
  const various = candidates.filter((row) => {
    const action = suggestedAction(scores.driversOf(row, driversShown))?.action;
    return !seen.has(action) && seen.add(action);
  });
  const chosen = new Set([...various.slice(0, take), ...candidates].slice(0, take));
  return candidates.filter((row) => chosen.has(row));
}

function customerAt(row: number, data: Dataset, scores: Scores, at: string): ReportCustomer {
  const drivers = scores.driversOf(row, driversShown);
  const action = suggestedAction(drivers);
  return {
    entity: data.entity?.[row] ?? '',
    at,
    groups: (data.groups ?? []).flatMap(({ codes, values }) => values[codes[row] as number] ?? []),
    probability: scores.probabilities[row] as number,
    action: action?.action,
    actionDescription: action?.description,
    drivers: drivers.map(driverOf),
    waterfall: waterfallPlot(scores, data, row),
    force: forcePlot(scores, data, row),
  };
}

function driverOf({ feature, value, contribution, action }: ScoredDriver): ReportCustomer['drivers'][number] {
  return {
    feature,
    value: valueText(value),
    contribution,
    action: action?.action,
    actionDescription: action?.description,
  };
}
