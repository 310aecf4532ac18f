import {
  type Adapter,
  type Diagnostic,
  diagnoseFabricOpening,
  diagnoseSparkOpening,
  EngineError,
  type RenderedNode,
  type RowComparison,
  reportCli,
  reportRun,
  type Session,
} from '#core';
import type { FlagValues } from './args/flag.ts';
import type { projectFlags, selectionFlags } from './args/shared-flags.ts';
import type { Context } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { fail } from './failures.ts';
import { plural } from './render/words.ts';
import { runSelected } from './run-nodes.ts';
import { selectIds } from './selection.ts';
import { type Opened, openProject } from './session.ts';
import { openBuildTarget, openTarget } from './target.ts';

type DiffContext = Omit<Context, 'flags'> & {
  readonly flags: FlagValues<typeof selectionFlags & typeof projectFlags> & {
    readonly against: string | undefined;
    readonly asBuilt: boolean;
    readonly tolerance: number | undefined;
  };
};

/** Builds what is selected on both engines, then compares each relation, all rows of it. */
export async function diffEngines(context: DiffContext): Promise<ExitCode> {
  const { flags } = context;
  const theirs = await openProject(context, { bind: true });
  if (theirs.project.target.type === 'duckdb')
    fail(
      reportCli('CH904', {
        flag: '--target',
        value: theirs.project.target.name,
        expected: 'a target of type `spark` or `fabric`',
      }),
    );
  const ours = await openProject({ ...context, flags: { ...flags, target: flags.against } }, { bind: true });
  const ids = new Set(await selectIds(context, theirs));
  const nodes = [...ids].flatMap((id) => {
    const node = theirs.rendered.nodes.get(id);
    const compared = node?.kind === 'model' || node?.kind === 'seed';
    return node !== undefined && compared && node.config.materialized !== 'ephemeral' ? [node] : [];
  });
  if (nodes.length === 0) return exitCodes.nothing;
  if (!flags.asBuilt) {
    for (const side of [ours, theirs]) {
      // `run` alone would leave the seeds out.
      const code = await runSelected({ ...context, flags: {} }, side, ids, 'build');
      if (code !== exitCodes.done) return code;
    }
  }
  return compareAll(context, ours, theirs, nodes);
}

async function compareAll(
  context: DiffContext,
  ours: Opened,
  theirs: Opened,
  nodes: readonly RenderedNode[],
): Promise<ExitCode> {
  const { emit } = context;
  const remote = await openBuildTarget(context.env, theirs, new Set());
  if (remote.adapter === undefined) return exitCodes.usage;
  const local = await openTarget(ours.project, { readOnly: true });
  const target = theirs.project.target.name;
  let different = 0;
  try {
    const here = await local.connect();
    for (const node of nodes) {
      const begin = performance.now();
      const { rows, skipped, failure } = await compareNode(context, node, ours, here, remote.adapter);
      const differences = failure === undefined ? describe(rows, target) : [failure];
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      if (differences.length > 0) {
        different++;
        const place = { span: node.span, node: node.uniqueId };
        emit({
          type: 'diagnostics',
          diagnostics: [reportRun('CH745', { node: node.name, target, differences }, place)],
          text: theirs.project.text,
        });
      }
      const left = skipped.length === 0 ? '' : `; not compared: ${skipped.join(', ')}`;
      const verdict = differences.length === 0 ? 'equal' : 'DIFFERENT';
      emit({
        type: 'data',
        text: `${verdict} ${node.name}: ${plural(rows.ours, 'row')}${left} [${seconds}s]`,
        records: [{ type: 'diff', unique_id: node.uniqueId, equal: differences.length === 0, ...flat(rows) }],
      });
    }
    here.close();
  } finally {
    await local.close();
    await remote.adapter.close();
    ours.bound?.close();
    theirs.bound?.close();
  }
  const text = `${plural(nodes.length, 'relation')} compared, ${different} different.`;
  emit({ type: 'note', level: different > 0 ? 'warning' : 'success', text });
  return different > 0 ? exitCodes.failed : exitCodes.done;
}

/** Columns with types that the other engine writes as no text of DuckDB's are named and left out. */
const comparable =
  /^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(.*\)|FLOAT|DOUBLE|VARCHAR|DATE|TIMESTAMP.*)$/;

interface NodeComparison {
  readonly rows: RowComparison;
  /** Columns left out. */
  readonly skipped: readonly string[];
  /** Why nothing could be compared: one of the engines lacks the relation or a column. */
  readonly failure?: string;
}

async function compareNode(
  { flags }: DiffContext,
  node: RenderedNode,
  ours: Opened,
  here: Session,
  there: Adapter,
): Promise<NodeComparison> {
  const { compareRows, copyToDuckDb } = await import('./engine.ts');
  const bound = ours.bound?.columns.get(node.uniqueId) ?? [];
  const columns = bound.filter(({ type }) => comparable.test(type));
  const skipped = bound.filter((column) => !columns.includes(column)).map(({ name: left }) => left);
  const theirs = 'temp.main.churn_theirs';
  const create = `create or replace temp table ${theirs}`;
  const relation = ours.rendered.nodes.get(node.uniqueId)?.relation ?? node.relation;
  const name = [relation.schema, relation.identifier]
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
  try {
    await copyToDuckDb({ from: there, relation: node.relation, columns, duckdb: here, create });
    const rows = await compareRows({
      session: here,
      ours: name,
      theirs,
      columns,
      key: keyOf(node).filter((key) => columns.some((column) => column.name === key)),
      tolerance: flags.tolerance ?? 1e-9,
    });
    return { rows, skipped };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    if (thrown.info.fatal) fail(diagnoseRemote(thrown, there), exitCodes.engine);
    const rows = { ours: 0, theirs: 0, onlyOurs: 0, onlyTheirs: 0, columns: [] };
    return { rows, skipped, failure: `it could not be compared (${thrown.info.message})` };
  }
}

function diagnoseRemote(error: EngineError, { type, location }: Adapter): Diagnostic {
  return type === 'fabric'
    ? diagnoseFabricOpening(error, location)
    : diagnoseSparkOpening(error, 'the target', location);
}

function keyOf({ config, pointInTime }: RenderedNode): readonly string[] {
  if (config.uniqueKey.length > 0) return config.uniqueKey;
  if (pointInTime === undefined) return [];
  return [...pointInTime.entity, pointInTime.predictionTime].map(({ value }) => value);
}

function describe(rows: RowComparison, target: string): string[] {
  const count = (n: number, where: string) => (n === 0 ? [] : [`${plural(n, 'row')} only on ${where}`]);
  return [
    ...count(rows.onlyOurs, 'DuckDB'),
    ...count(rows.onlyTheirs, target),
    ...rows.columns.map(
      ({ column, rows: n, example }) => `${plural(n, 'row')} differ in ${column} (${example})`,
    ),
  ];
}

function flat({ ours, theirs, onlyOurs, onlyTheirs, columns }: RowComparison) {
  const different = columns.map(({ column, rows, example }) => ({ column, rows, example }));
  return {
    rows: ours,
    rows_on_target: theirs,
    only_here: onlyOurs,
    only_there: onlyTheirs,
    columns: different,
  };
}
