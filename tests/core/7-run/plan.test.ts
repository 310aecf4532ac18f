import { describe, expect, test } from 'vitest';
import type { Relation } from '../../../core/2-render/index.ts';
import type { Graph } from '../../../core/3-graph/index.ts';
import {
  countNodes,
  type DatabaseState,
  duckdbPlanner,
  formatPlan,
  type PlanOptions,
  planRun,
  type RunCommand,
  type RunPlan,
} from '../../../core/7-run/index.ts';
import { column, dataTest, graphOf, model, seed, source } from './fixtures.ts';

const empty: DatabaseState = { database: 'data', schemas: ['main'], relations: [], get: () => undefined };

function stateWith(relation: Relation, kind: 'table' | 'view', columns: readonly string[]): DatabaseState {
  const existing = { relation, kind, columns: columns.map((name) => ({ name, type: 'INTEGER' })) };
  const has = (other: Relation) => other.identifier === relation.identifier;
  return { ...empty, relations: [existing], get: (other) => (has(other) ? existing : undefined) };
}

function planOf(graph: Graph, options: Partial<PlanOptions> = {}): RunPlan {
  const { plan, diagnostics } = planRun({
    graph,
    selected: new Set(graph.order),
    command: 'build',
    planner: duckdbPlanner,
    state: empty,
    root: '/project',
    target: 'dev',
    now: new Date('2024-01-01T00:00:00Z'),
    ...options,
  });
  expect(diagnostics).toEqual([]);
  return plan;
}

/** Each step with what it waits for and its gate. */
function shape(plan: RunPlan): string[] {
  return plan.steps.map((step) => {
    const gate = step.kind === 'test' ? [] : step.gate.map(({ name }) => name);
    return `${step.name} after [${step.waitsFor.map((id) => id.split('.').slice(2).join('.')).join(' ')}] gate [${gate.join(' ')}]`;
  });
}

const model2 = (name: string, ...reads: string[]) =>
  model(name, `select 1 as ${name}`, { reads: reads.map((read) => `model.shop.${read}`) });
const test2 = (name: string, ...reads: string[]) =>
  dataTest(
    name,
    'select 1',
    reads.map((read) => (read.includes('.') ? read : `model.shop.${read}`)),
  );

describe('a plan', () => {
  test('puts a test into the transaction of the last node it reads', () => {
    const graph = graphOf(
      model2('a'),
      model2('b', 'a'),
      model2('c', 'b'),
      test2('ta', 'a'),
      test2('tab', 'a', 'b'),
    );
    expect(shape(planOf(graph))).toEqual([
      'a after [] gate [ta]',
      'b after [a] gate [tab]',
      'c after [b] gate []',
    ]);
  });

  test('a test of unrelated nodes waits for both and gates what is downstream of both', () => {
    const graph = graphOf(
      model2('a'),
      model2('b'),
      model2('c', 'a', 'b'),
      model2('d', 'a'),
      test2('tab', 'a', 'b'),
    );
    expect(shape(planOf(graph))).toEqual([
      'a after [] gate []',
      'b after [] gate []',
      'tab after [a b] gate []',
      'c after [a b tab] gate []',
      'd after [a] gate []',
    ]);
  });

  test('a test of a table of the target gates what reads the table', () => {
    const id = 'source.shop.raw.events';
    const graph = graphOf(
      source('events', undefined),
      model('a', 'select 1', { reads: [id] }),
      test2('fresh', id),
    );
    expect(shape(planOf(graph))).toEqual(['fresh after [] gate []', 'a after [fresh] gate []']);
  });

  test('looks through what is not selected and what is ephemeral', () => {
    const inner = model('e', 'select 1', { reads: ['model.shop.b'], config: { materialized: 'ephemeral' } });
    const graph = graphOf(model2('a'), model2('b', 'a'), inner, model2('c', 'e'), test2('te', 'e'));
    const selected = new Set(['model.shop.a', 'model.shop.c', 'model.shop.e', 'test.shop.te']);
    expect(shape(planOf(graph, { selected }))).toEqual(['a after [] gate [te]', 'c after [a] gate []']);
  });

  test.each<[RunCommand, string[]]>([
    ['build', ['s', 'm']],
    ['run', ['m']],
    ['seed', ['s']],
    ['test', ['t']],
    ['snapshot', []],
  ])('%s acts on its kinds only', (command, names) => {
    const graph = graphOf(seed('s'), model('m', 'select 1', { reads: ['seed.shop.s'] }), test2('t', 'm'));
    expect(planOf(graph, { command }).steps.map(({ name }) => name)).toEqual(names);
  });

  test("makes missing schemas once, before everything, failures' too", () => {
    const stored = dataTest('t', 'select 1', ['model.shop.a'], { storeFailures: true });
    const plan = planOf(graphOf(model2('a'), model2('b'), stored));
    expect(plan.prepare.map(({ sql }) => sql)).toEqual([
      'create schema if not exists "main_test"',
      'create schema if not exists "test_failures"',
    ]);
    const state = { ...empty, schemas: ['MAIN_TEST'] };
    expect(planOf(graphOf(model2('a')), { state }).prepare).toEqual([]);
  });

  test('drops what has the name and is of another kind', () => {
    const relation = { schema: 'main_test', identifier: 'a' };
    const [step] = planOf(graphOf(model2('a')), { state: stateWith(relation, 'view', ['a']) }).steps;
    expect(step?.kind !== 'test' && step?.statements.map(({ sql }) => sql)).toEqual([
      'drop view "main_test"."a"',
      'create or replace table "main_test"."a" as (\nselect 1 as a\n)',
    ]);
  });

  test('casts to the contract, in its order, with its constraints', () => {
    const columns = [column('b', 'bigint', ['not_null']), column('a', 'varchar')];
    const config = { contractEnforced: true } as const;
    const [plain] = planOf(
      graphOf(model('m', 'select 1 as a, 2 as b;', { columns: columns.slice(1), config })),
    ).steps;
    expect(plain?.kind !== 'test' && plain?.statements[0]?.sql).toBe(
      'create or replace table "main_test"."m" as select cast("a" as varchar) as "a" from (\nselect 1 as a, 2 as b\n) as contracted',
    );
    const [constrained] = planOf(graphOf(model('m', 'select 1 as a, 2 as b', { columns, config }))).steps;
    expect(constrained?.kind !== 'test' && constrained?.statements.map(({ sql }) => sql)).toEqual([
      'create or replace table "main_test"."m" ("b" bigint not null, "a" varchar)',
      'insert into "main_test"."m" ("b", "a") select cast("b" as bigint) as "b", cast("a" as varchar) as "a" from (\nselect 1 as a, 2 as b\n) as contracted',
    ]);
  });

  test('prints as a script', () => {
    const graph = graphOf(
      model('m', 'select 1 as id', { config: { preHook: ['select 0;'] } }),
      dataTest('t', 'select 1 where false', ['model.shop.m'], { limit: 5, severity: 'warn' }),
    );
    const plan = planOf(graph, { hooks: { onRunStart: ['select 1'], onRunEnd: [] } });
    expect(countNodes(plan)).toBe(2);
    expect(formatPlan(plan)).toMatchInlineSnapshot(`
      "-- prepare
      create schema if not exists "main_test";

      -- on-run-start
      select 1;

      -- model m: create table
      begin transaction;
      select 0;
      create or replace table "main_test"."m" as (
      select 1 as id
      );

      -- test t (warns only)
      select failures, failures != 0 as should_warn, failures != 0 as should_error from (select coalesce(count(*), 0) as failures from (select * from (
      select 1 where false
      ) as failing_rows limit 5) as limited) as counted;

      -- publish m
      commit;
      "
    `);
  });
});
