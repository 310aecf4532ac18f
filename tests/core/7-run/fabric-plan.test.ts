import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RenderedNode } from '../../../core/2-render/index.ts';
import {
  type DatabaseState,
  type ExistingRelation,
  formatPlan,
  planRun,
  prepareFabric,
  type Relation,
  serialiseWithDuckdb,
} from '../../../core/index.ts';
import { type Compiled, compileProject } from '../../../core/pipeline.ts';
import { rejected } from '../../peers/dialects/fabric-rejects.ts';
import { firstItems, writeItems, writeTinyProject } from '../../peers/livy/tiny-project.ts';

/** The script of a build on a warehouse, read by eye; tests/peers/dialects.sh reads it with foreign parsers. */
let folder: string;
let compiled: Compiled;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-fabric-plan-'));
  writeTinyProject(folder);
  writeItems(folder, firstItems);
  const found = await compileProject({ projectDir: folder, target: 'fabric', cache: false });
  if (found.project === undefined) throw new Error('the tiny project cannot be read');
  compiled = found;
});
afterAll(() => {
  compiled.bound?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A warehouse that holds the tables of an earlier build, with the given columns. */
function stateOf(tables: Readonly<Record<string, readonly string[]>>): DatabaseState {
  const get = ({ schema, identifier }: Relation): ExistingRelation | undefined => {
    const columns = tables[identifier]?.map((name) => ({ name, type: 'BIGINT' }));
    return columns && { relation: { schema, identifier }, kind: 'table', columns };
  };
  return { database: '', schemas: Object.keys(tables).length > 0 ? ['main', 'raw'] : [], relations: [], get };
}

async function planOn(
  tables: Readonly<Record<string, readonly string[]>>,
  change: (node: RenderedNode) => RenderedNode = (node) => node,
) {
  const { bound, project } = compiled;
  const nodes = [...compiled.graph.nodes].map(
    ([id, node]) => [id, node.kind === 'model' ? change(node) : node] as const,
  );
  const graph = { ...compiled.graph, nodes: new Map(nodes) };
  if (bound === undefined) throw new Error('not bound');
  const selected = new Set(graph.nodes.keys());
  const prepared = await prepareFabric({
    graph,
    columns: bound.columns,
    selected,
    root: project.root,
    target: project.target,
    serialise: serialiseWithDuckdb,
  });
  const { plan, diagnostics } = planRun({
    graph,
    selected,
    command: 'build',
    planner: prepared.planner,
    state: stateOf(tables),
    columns: bound.columns,
    root: project.root,
    target: 'fabric',
    now: new Date('2024-06-01T00:00:00Z'),
  });
  return { plan, diagnostics: [...prepared.diagnostics, ...diagnostics] };
}

async function scriptOn(tables: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const { plan, diagnostics } = await planOn(tables);
  expect(diagnostics).toEqual([]);
  return formatPlan(plan);
}

const golden = (name: string) => join(import.meta.dirname, '../../golden/fabric-plan', `${name}.sql`);
const batches = (script: string) => script.split(/^GO$/m);

describe('the plan of a build on a warehouse', () => {
  test('the first time', async () => {
    const script = await scriptOn({});
    await expect(script).toMatchFileSnapshot(golden('first'));
    expect(batches(script).flatMap(rejected)).toEqual([]);
  });

  test('with rows of an earlier build', async () => {
    const snapshot = [
      'id',
      'amount',
      'note',
      'dbt_scd_id',
      'dbt_updated_at',
      'dbt_valid_from',
      'dbt_valid_to',
    ];
    const script = await scriptOn({
      appended: ['id', 'day', 'amount'],
      replaced: ['id', 'day', 'amount', 'note'],
      by_key: ['id', 'day', 'amount', 'note'],
      history: snapshot,
      totals: ['day', 'total'],
    });
    await expect(script).toMatchFileSnapshot(golden('later'));
    expect(batches(script).flatMap(rejected)).toEqual([]);
  });

  test.each([
    ['cluster_by of more than four columns', { raw: { cluster_by: ['a', 'b', 'c', 'd', 'e'] } }],
    [
      'the constraint unique',
      { contractEnforced: true, raw: { constraints: [{ type: 'unique', columns: ['id'] }] } },
    ],
    ['incremental_strategy: microbatch', { materialized: 'incremental', incrementalStrategy: 'microbatch' }],
  ] as const)('refuses %s', async (what, config) => {
    const { diagnostics } = await planOn({}, (node) =>
      node.name === 'totals' ? ({ ...node, config: { ...node.config, ...config } } as RenderedNode) : node,
    );
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringContaining(`CH743 totals: ${what}`),
    ]);
  });
});
