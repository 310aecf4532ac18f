import type { RenderedNode } from '../../2-render/index.ts';
import type { AuditInput } from '../input.ts';
import { quoteName, quoteRelation, quoteText } from '../quote.ts';
import { type AuditJson, type AuditResult, type JsonValue, placeOf, ROWS } from '../report.ts';
import { auditedModels, type Closure, closureOf } from './closure.ts';
import { type Comparison, countDifferences, showDifferences, showPresence } from './compare.ts';
import { isMasked } from './masked-source.ts';
import { planRebuild } from './rebuild.ts';

/** A row as the engine gives it, values readable as JSON (numbers may be strings where JSON has no room). */
export type DataRow = Readonly<Record<string, unknown>>;

export interface OnDataOptions {
  /** Runs one statement on the engine that holds the full build and returns its rows. */
  readonly execute: (sql: string) => Promise<readonly DataRow[]>;
  /** unique_ids of the models to check; all with a `point_in_time` by default. */
  readonly models?: ReadonlySet<string>;
  /** Prediction times sampled per model, spread over those that exist; 3 by default. */
  readonly samples?: number;
  /** Differing rows kept per column; 3 by default. */
  readonly shown?: number;
  /** Where the rebuild is kept: a file for builds beyond memory; `:memory:` by default. */
  readonly scratch?: string;
  readonly onProgress?: (event: OnDataProgress) => void;
}

export interface OnDataProgress {
  readonly predictionTime: string;
  readonly models: readonly string[];
  readonly index: number;
  readonly total: number;
}

/** Name under which the scratch database is attached. */
const CATALOG = 'churn_audit';

/**
 * Rebuilds every audited model at sampled prediction times from only what was known then, and compares row by
 * row with the full build on the engine: the independent check beside the proof. Labels are exempt: they are
 * made of the future. Engine errors are thrown by `execute` and passed on; the scratch database is detached
 * either way.
 *
 * @example
 * const report = await auditOnData(compiled, { execute: (sql) => session.rows(sql), samples: 3 });
 */
export async function auditOnData(input: AuditInput, options: OnDataOptions): Promise<AuditJson> {
  const started = performance.now();
  const models = auditedModels(input, options.models);
  const times = await sampleTimes(input, models, options);
  const found = new Map<string, ModelFindings>(models.map((node) => [node.uniqueId, newFindings()]));
  if (times.size > 0) {
    await options.execute(`attach ${quoteText(options.scratch ?? ':memory:')} as ${quoteName(CATALOG)}`);
    try {
      const [where] = await options.execute('select current_database() as home');
      const home = String(where?.home);
      let index = 0;
      for (const [moment, due] of times) {
        index += 1;
        options.onProgress?.({
          predictionTime: momentText(moment),
          models: due.map(({ name }) => name),
          index,
          total: times.size,
        });
        await checkMoment(input, due, { catalog: CATALOG, home, moment }, options, found);
      }
    } finally {
      await options.execute(`detach ${quoteName(CATALOG)}`);
    }
  }
  const results = models.flatMap((node) => resultsOf(input, node, found.get(node.uniqueId) ?? newFindings()));
  const count = (verdict: AuditResult['verdict']): number =>
    results.filter((result) => result.verdict === verdict).length;
  return {
    schema_version: 1,
    check: 'on-data',
    summary: {
      models: models.length,
      columns: results.length,
      proved: 0,
      refuted: count('REFUTED'),
      unproven: count('UNPROVEN'),
      waived: 0,
      unchanged: count('UNCHANGED'),
      seconds: Math.round(performance.now() - started) / 1000,
    },
    results,
  };
}

interface Difference {
  rows: number;
  readonly shown: { readonly moment: string; readonly row: DataRow }[];
}

interface ModelFindings {
  readonly moments: string[];
  compared: number;
  readonly columns: Map<string, Difference>;
}

function newFindings(): ModelFindings {
  return { moments: [], compared: 0, columns: new Map() };
}

/** Prediction times (SQL literals) to check, each with the models that have rows then. */
async function sampleTimes(
  input: AuditInput,
  models: readonly RenderedNode[],
  options: OnDataOptions,
): Promise<Map<string, RenderedNode[]>> {
  const times = new Map<string, RenderedNode[]>();
  for (const node of models) {
    const time = node.pointInTime?.predictionTime.value as string;
    const type = columnType(input, node, time) ?? 'TIMESTAMP';
    const rows = await options.execute(
      `select cast(t as varchar) as t from (select distinct ${quoteName(time)} as t from ${quoteRelation(node.relation)}) where t is not null order by t`,
    );
    const wanted = Math.min(options.samples ?? 3, rows.length);
    for (let k = 0; k < wanted; k++) {
      const at = rows[Math.floor(((k + 0.5) * rows.length) / wanted)];
      const moment = `cast(${quoteText(String(at?.t))} as ${type})`;
      times.set(moment, [...(times.get(moment) ?? []), node]);
    }
  }
  return times;
}

async function checkMoment(
  input: AuditInput,
  due: readonly RenderedNode[],
  place: { readonly catalog: string; readonly home: string; readonly moment: string },
  options: OnDataOptions,
  found: ReadonlyMap<string, ModelFindings>,
): Promise<void> {
  const closure = closureOf(
    input,
    due.map(({ uniqueId }) => uniqueId),
  );
  const plan = planRebuild(input, closure, {
    ...place,
    only: new Map(due.map((node) => [node.uniqueId, node.pointInTime?.predictionTime.value as string])),
  });
  try {
    for (const statement of plan.statements) await options.execute(statement);
    for (const node of due) {
      const findings = found.get(node.uniqueId);
      if (findings === undefined) continue;
      findings.moments.push(momentText(place.moment));
      await compareModel(comparisonOf(input, node, plan.rebuilt(node), place.moment), findings, options);
    }
  } finally {
    for (const statement of plan.cleanup) await options.execute(statement);
  }
}

async function compareModel(
  comparison: Comparison,
  findings: ModelFindings,
  options: OnDataOptions,
): Promise<void> {
  const shown = options.shown ?? 3;
  const moment = momentText(comparison.moment);
  const [counts] = await options.execute(countDifferences(comparison));
  findings.compared += Number(counts?.both_sides ?? 0);
  const presence = Number(counts?.only_full ?? 0) + Number(counts?.only_rebuilt ?? 0);
  const record = async (column: string, rows: number, sql: string): Promise<void> => {
    const difference = findings.columns.get(column) ?? { rows: 0, shown: [] };
    difference.rows += rows;
    if (difference.shown.length < shown) {
      for (const row of await options.execute(sql)) difference.shown.push({ moment, row });
    }
    findings.columns.set(column, difference);
  };
  if (presence > 0) await record(ROWS, presence, showPresence(comparison, shown));
  for (const [index, column] of comparison.columns.entries()) {
    const rows = Number(counts?.[`d${index}`] ?? 0);
    if (rows > 0) await record(column.name, rows, showDifferences(comparison, column, shown));
  }
}

function comparisonOf(input: AuditInput, node: RenderedNode, rebuilt: string, moment: string): Comparison {
  const entity = node.pointInTime?.entity.map(({ value }) => value) ?? [];
  const predictionTime = node.pointInTime?.predictionTime.value as string;
  const keys = new Set([...entity, predictionTime].map((name) => name.toLowerCase()));
  const labels = labelsOf(node);
  return {
    full: quoteRelation(node.relation),
    rebuilt,
    entity,
    predictionTime,
    moment,
    columns: (input.bound.columns.get(node.uniqueId) ?? []).filter(
      ({ name }) => !keys.has(name.toLowerCase()) && !labels.has(name.toLowerCase()),
    ),
  };
}

function resultsOf(input: AuditInput, node: RenderedNode, findings: ModelFindings): AuditResult[] {
  const closure = closureOf(input, [node.uniqueId]);
  const sources = closure.sources.map(({ sourceName, name }) => `${sourceName}.${name}`);
  const { columns } = comparisonOf(input, node, '', '');
  return [ROWS, ...columns.map(({ name }) => name)].map((column) => {
    const difference = findings.columns.get(column);
    const base = { model: node.name, column, sources };
    if (difference !== undefined) return { ...base, ...refuted(node, column, difference, findings) };
    const open = whatIsOpen(closure, findings);
    if (open !== undefined) return { ...base, verdict: 'UNPROVEN', reason: open };
    const reason = `same in the full build and in the rebuild from what was known: ${findings.compared} rows at ${findings.moments.join(', ')}`;
    return { ...base, verdict: 'UNCHANGED', reason };
  });
}

function refuted(
  node: RenderedNode,
  column: string,
  difference: Difference,
  findings: ModelFindings,
): Omit<AuditResult, 'model' | 'column' | 'sources'> {
  const first = difference.shown[0];
  const rows = difference.shown.map(({ row }) => row as Record<string, JsonValue>);
  const presence = column === ROWS;
  return {
    verdict: 'REFUTED',
    differing: difference.rows,
    reason: presence
      ? `${difference.rows} rows are in the full build or in the rebuild from what was known, not in both`
      : `${difference.rows} of ${findings.compared} rows change when the model is rebuilt from what was known`,
    at: placeOf(node.span),
    witness: {
      prediction_time: first?.moment ?? '',
      rows: { [node.name]: rows },
      with: presence ? first?.row.side === 'full' : ((first?.row.with ?? null) as JsonValue),
      without: presence ? first?.row.side === 'rebuilt' : ((first?.row.without ?? null) as JsonValue),
    },
  };
}

function whatIsOpen(closure: Closure, findings: ModelFindings): string | undefined {
  if (findings.moments.length === 0) return 'the model has no rows with a prediction time';
  const open = closure.sources.filter((source) => !isMasked(source));
  if (open.length === 0) return undefined;
  const names = open.map(({ sourceName, name }) => `${sourceName}.${name}`).join(', ');
  return `no available_at is declared for ${names}: its rows could not be masked`;
}

function labelsOf(node: RenderedNode): Set<string> {
  return new Set(
    node.columns.filter(({ role }) => role?.value === 'label').map(({ name }) => name.toLowerCase()),
  );
}

function columnType(input: AuditInput, node: RenderedNode, name: string): string | undefined {
  return input.bound.columns
    .get(node.uniqueId)
    ?.find((column) => column.name.toLowerCase() === name.toLowerCase())?.type;
}

/** The text inside `cast('...' as TYPE)`. */
function momentText(moment: string): string {
  return moment.match(/^cast\('(.*)' as /)?.[1] ?? moment;
}
