import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endpointOf } from '../../../core/7-run/adapters/spark/endpoint.ts';
import {
  type DatabaseState,
  formatPlan,
  type NodeStep,
  planRun,
  prepareSpark,
  type Relation,
  serialiseWithDuckdb,
} from '../../../core/index.ts';
import { compileProject } from '../../../core/pipeline.ts';
import { firstItems, writeItems, writeTinyProject } from '../../peers/livy/tiny-project.ts';

/** The plan on Spark, without Spark; tests/peers/livy.sh carries such plans out on a real one. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-spark-plan-'));
  writeTinyProject(folder);
  writeItems(folder, firstItems);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A target that holds the given tables. */
function stateOf(tables: Readonly<Record<string, readonly string[]>>): DatabaseState {
  const get = ({ schema, identifier }: Relation) => {
    const columns = tables[identifier]?.map((name) => ({ name, type: 'BIGINT' }));
    return columns && { relation: { schema, identifier }, kind: 'table' as const, columns };
  };
  return { database: '', schemas: ['main'], relations: [], get };
}

async function planOn(tables: Readonly<Record<string, readonly string[]>> = {}) {
  const compiled = await compileProject({ projectDir: folder, target: 'spark', cache: false });
  if (compiled.project === undefined || compiled.bound === undefined) throw new Error('not compiled');
  const { graph, bound, project } = compiled;
  const selected = new Set(graph.nodes.keys());
  const serialise = serialiseWithDuckdb;
  const prepared = await prepareSpark({
    graph,
    columns: bound.columns,
    selected,
    root: project.root,
    serialise,
  });
  const { plan, diagnostics } = planRun({
    graph,
    selected,
    command: 'build',
    planner: prepared.planner,
    state: stateOf(tables),
    columns: bound.columns,
    root: project.root,
    target: 'spark',
    now: new Date('2024-06-01T00:00:00Z'),
  });
  bound.close();
  const step = (name: string) => {
    const found = plan.steps.find((one): one is NodeStep => one.kind !== 'test' && one.name === name);
    if (found === undefined) throw new Error(`no step ${name}`);
    return found;
  };
  return { plan, step, diagnostics: [...prepared.diagnostics, ...diagnostics] };
}

const texts = (statements: readonly { readonly sql: string }[] = []) => statements.map(({ sql }) => sql);

describe('a plan on Spark', () => {
  test('builds what has tests aside, tests it there, publishes it in one statement, and clears up', async () => {
    const { step, diagnostics } = await planOn();
    expect(diagnostics).toEqual([]);
    const totals = step('totals');
    expect(texts(totals.statements)).toEqual([
      expect.stringMatching(/^create or replace table `main`\.`totals__churn_new` using delta as\nselect/),
    ]);
    expect(totals.gate[0]?.verdict.sql).toContain('from `main`.`totals__churn_new` as `totals`');
    expect(texts(totals.publish)).toEqual([
      'create or replace table `main`.`totals` using delta as\nselect * from `main`.`totals__churn_new`',
    ]);
    expect(texts(totals.cleanUp)).toEqual(['drop table if exists `main`.`totals__churn_new`']);
  });

  test('replaces what has none in one statement', async () => {
    const { step } = await planOn();
    expect(step('versions').publish).toBeUndefined();
    expect(texts(step('versions').statements)).toEqual([
      expect.stringMatching(/^create or replace table `main`\.`versions` using delta as\n/),
    ]);
  });

  test('writes new rows of an incremental model by one insert or merge', async () => {
    const { step } = await planOn({
      appended: ['id', 'day', 'amount'],
      replaced: ['id', 'day', 'amount', 'note'],
      by_key: ['id', 'day', 'amount', 'note'],
    });
    expect(step('appended').action).toBe('append');
    const replaced = texts(step('replaced').statements);
    expect(replaced.at(-1)).toMatch(/^merge into `main`\.`replaced` .*when matched then delete\n/s);
    const byKey = step('by_key');
    expect(texts(byKey.statements)).toContain(
      'create table `main`.`by_key__churn_new` shallow clone `main`.`by_key`',
    );
    expect(texts(byKey.publish)).toEqual([expect.stringMatching(/^merge into `main`\.`by_key` as t/)]);
  });

  test('says no transactions where there are none', async () => {
    const { plan } = await planOn();
    expect(formatPlan(plan)).not.toMatch(/begin transaction|^commit/m);
  });

  test('refuses by name what it cannot do the same way', async () => {
    writeFileSync(
      join(folder, 'models/by_hour.sql'),
      `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', batch_size='day', begin='2024-01-01') }}
select day, amount from {{ ref('items_view') }}`,
    );
    const { diagnostics } = await planOn();
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'CH743 by_hour: incremental_strategy: microbatch is not possible on spark',
    ]);
    writeFileSync(
      join(folder, 'models/by_hour.sql'),
      "{{ config(materialized='incremental', incremental_strategy='prediction_time') }}\nselect day from {{ ref('items_view') }}",
    );
    expect((await planOn()).diagnostics[0]?.message).toContain('incremental_strategy: prediction_time');
  });
});

describe('the endpoint', () => {
  const at = { offset: 0, line: 1, column: 1 };
  const span = { file: 'churn_project.yml', start: at, end: at };
  const target = (options: Readonly<Record<string, string>>) => ({
    name: 'lake',
    type: 'spark' as const,
    schema: 'default',
    threads: 1,
    options: Object.fromEntries(Object.entries(options).map(([key, value]) => [key, { value, span }])),
  });

  test('is the target’s, the environment’s, or the Livy API of a lakehouse; the token is the environment’s', () => {
    const env = { CHURN_LIVY_ENDPOINT: 'http://here:1/', CHURN_LIVY_TOKEN: 't' };
    expect(endpointOf(target({ endpoint: 'http://there:2/' }), env)).toEqual({
      url: 'http://there:2',
      token: 't',
    });
    expect(endpointOf(target({}), env)?.url).toBe('http://here:1');
    expect(endpointOf(target({ workspace_id: 'w', lakehouse_id: 'l' }), {})).toEqual({
      url: 'https://api.fabric.microsoft.com/v1/workspaces/w/lakehouses/l/livyapi/versions/2023-12-01',
      token: undefined,
    });
    expect(endpointOf(target({}), {})).toBeUndefined();
  });
});
