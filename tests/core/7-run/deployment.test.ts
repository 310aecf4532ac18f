import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planDeployment, serialiseWithDuckdb } from '../../../core/index.ts';
import { compileProject } from '../../../core/pipeline.ts';
import { rejected } from '../../peers/dialects/fabric-rejects.ts';
import { firstItems, writeItems, writeTinyProject } from '../../peers/livy/tiny-project.ts';

/** The folder of scripts for people to run, read by eye; on Spark it is run in tests/peers/livy.sh. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'churn-deployment-'));
  writeTinyProject(root);
  writeItems(root, firstItems);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function deploy(target: 'fabric' | 'spark', chosen?: readonly string[]) {
  const compiled = await compileProject({ projectDir: root, target, cache: false });
  if (compiled.project === undefined || compiled.bound === undefined) throw new Error('not compiled');
  const { graph, bound, rendered } = compiled;
  const ids = new Set(chosen ?? graph.order);
  const deployed = { graph, bound, root, hooks: rendered.hooks };
  const plan = await planDeployment(deployed, ids, target, serialiseWithDuckdb);
  bound.close();
  return plan;
}

const golden = (name: string) => join(import.meta.dirname, '../../golden/deployment', `${name}.sql`);

describe.each(['fabric', 'spark'] as const)('the deployment for %s', (target) => {
  test('has a script per node, and another for later runs where a node keeps its rows', async () => {
    const { files, requires, diagnostics } = await deploy(target);
    expect(diagnostics).toEqual([]);
    expect(requires).toEqual([target === 'fabric' ? '[raw].[items]' : '`raw`.`items`']);
    expect(files.map(({ path }) => path)).toEqual([...files.map(({ path }) => path)].sort());
    const later = files.flatMap((file) => (file.later === undefined ? [] : [file.node?.split('.').at(-1)]));
    expect(later.sort()).toEqual(['appended', 'by_key', 'history', 'replaced']);
    const text = files.flatMap(({ path, sql, later: again }) => [
      `---- ${path}\n${sql}`,
      ...(again === undefined ? [] : [`---- ${again.path}\n${again.sql}`]),
    ]);
    await expect(text.join('\n')).toMatchFileSnapshot(golden(target));
    if (target === 'fabric') expect(text.flatMap((one) => one.split(/^GO$/m)).flatMap(rejected)).toEqual([]);
  });

  test('takes a snapshot at the time of the engine, not of the compilation', async () => {
    const history = (await deploy(target)).files.find(({ node }) => node?.endsWith('.history'));
    const clock = target === 'fabric' ? 'sysutcdatetime()' : 'current_timestamp()';
    expect(history?.sql).toContain(clock);
    expect(history?.later?.sql).toContain(clock);
    expect(`${history?.sql}${history?.later?.sql}`).not.toMatch(/20\d\d-\d\d-\d\d \d\d:/);
  });

  test('builds whole what asks the engine for more than its own rows, and says so', async () => {
    const config =
      "materialized='incremental', incremental_strategy='merge', unique_key='id', incremental_predicates=['id > 0']";
    writeFileSync(
      join(root, 'models/by_key.sql'),
      `{{ config(${config}) }}\nselect id, day from {{ ref('items_view') }}`,
    );
    const { files, diagnostics } = await deploy(target);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^CH603 `by_key` /),
    ]);
    expect(files.find(({ node }) => node?.endsWith('.by_key'))?.later).toBeUndefined();
  });

  test('has the hooks of the project and of its models', async () => {
    writeFileSync(
      join(root, 'models/contracted.sql'),
      "{{ config(materialized='table', pre_hook='select 1 as before_it', post_hook='select 2 as after_it') }}\nselect id from {{ ref('items_view') }}",
    );
    writeFileSync(join(root, 'models/models.yml'), 'version: 2\n');
    const { files } = await deploy(target);
    const sql = files.find(({ node }) => node?.endsWith('.contracted'))?.sql ?? '';
    const at = [
      'select 1 as before_it',
      target === 'fabric' ? 'create table' : 'create or replace table',
      'select 2 as after_it',
    ].map((text) => sql.indexOf(text));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
  });

  test('names what it reads and does not make', async () => {
    const { files, requires } = await deploy(target, ['model.tiny.totals']);
    expect(files.map(({ node }) => node)).toEqual([undefined, 'model.tiny.totals']);
    expect(requires).toEqual([target === 'fabric' ? '[main].[replaced]' : '`main`.`replaced`']);
  });
});
