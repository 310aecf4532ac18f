import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test as it } from 'vitest';
import type { RenderedNode } from '../../../core/2-render/index.ts';
import {
  buildGraph,
  explainChanges,
  type Fingerprint,
  fingerprintKey,
  fingerprints,
} from '../../../core/3-graph/index.ts';
import { withoutLayout } from '../../../core/3-graph/state/body.ts';
import { readPreviousState } from '../../../core/pipeline.ts';
import { noSpan } from '../bare.ts';
import { type ModelSpec, model, project, rendered } from '../fixture.ts';

const macro = (body: string) => [
  {
    language: 'sql' as const,
    file: { path: 'macros/m.sql', text: `{% macro cents(c) %}${body}{% endmacro %}`, hash: body },
  },
];

function fingerprint(spec: Partial<ModelSpec>, macroBody = '1', schema = 'main'): Fingerprint {
  const parent = model({ name: 'parent', relation: { schema, identifier: 'parent' } });
  const node = model({ name: 'm', dependsOn: ['parent'], ...spec } as ModelSpec);
  const nodes = rendered(parent, node);
  const shop = project(nodes, { macros: macro(macroBody) });
  return fingerprints(buildGraph(nodes, shop).graph, shop).get('model.shop.m') as Fingerprint;
}

const why = (before: Fingerprint, after: Fingerprint) =>
  explainChanges(before, after).map(({ aspect, reason }) => `${aspect}: ${reason}`);

const column = (name: string, type: string): RenderedNode['columns'][number] => ({
  name,
  span: noSpan('m.yml'),
  dataType: { value: type, span: noSpan('m.yml') },
  tests: [],
  constraints: [],
  tags: [],
  meta: {},
});

describe('state', () => {
  const base = { sql: 'select a from "main"."parent"', rawSql: "select a from {{ ref('parent') }}" };

  it('does not count layout, comments, descriptions, tags, or the schema of another target', () => {
    const before = fingerprint(base);
    expect(why(before, fingerprint({ ...base, sql: '-- why\nselect  a\nfrom "main"."parent"' }))).toEqual([]);
    expect(
      why(
        before,
        fingerprint({ ...base, description: 'Said.', config: { tags: ['x'], raw: { tags: ['x'] } } }),
      ),
    ).toEqual([]);
    const elsewhere = {
      ...base,
      sql: 'select a from "prod"."parent"',
      relation: { schema: 'prod', identifier: 'm' },
    };
    expect(why(before, fingerprint(elsewhere, '1', 'prod'))).toEqual([]);
  });

  it('says what changed', () => {
    const before = fingerprint({ ...base, macros: ['macro.shop.cents'] });
    const edited = {
      ...base,
      sql: 'select b from "main"."parent"',
      rawSql: "select b from {{ ref('parent') }}",
    };
    expect(why(before, fingerprint({ ...edited, macros: ['macro.shop.cents'] }))).toEqual([
      'body: its SQL changed',
    ]);
    const byMacro = fingerprint({ ...base, sql: edited.sql, macros: ['macro.shop.cents'] }, '2');
    expect(why(before, byMacro)).toEqual(['body: macro `cents` changed', 'macros: macro `cents` changed']);
    expect(why(before, fingerprint({ ...base, macros: ['macro.shop.cents'] }, '2'))).toEqual([]);
    expect(why(before, fingerprint({ ...base, sql: edited.sql, macros: ['macro.shop.cents'] }))).toEqual([
      'body: a variable or a model it inlines changed its SQL',
    ]);
    const table = fingerprint({ ...base, config: { raw: { materialized: 'table' } } });
    expect(why(fingerprint(base), table)).toEqual(['configs: config `materialized` changed']);
    const alias = fingerprint({ ...base, config: { alias: 'n' } });
    expect(why(fingerprint(base), alias)).toEqual(['relation: its database, schema or alias changed']);
    const contract = (type: string) =>
      fingerprint({ ...base, columns: [column('a', type)], config: { contractEnforced: true } });
    expect(why(contract('int'), contract('bigint'))).toEqual(['contract: its contract changed']);
  });

  it('keeps literals and quoted names when it drops layout', () => {
    expect(withoutLayout(`select 'a  -- b' /* x */ as "c  d",\n  $$ y  z $$ -- end`)).toBe(
      `select 'a  -- b' as "c  d", $$ y  z $$`,
    );
  });
});

describe('an earlier run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'churn-state-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  const codes = async () =>
    (await readPreviousState(folder)).diagnostics.map(({ code, cause }) => `${code} ${cause}`);

  it('is read from its artifacts, each of which may be missing or broken', async () => {
    expect(await codes()).toEqual(['CH330 The folder has neither manifest.json nor run_results.json.']);
    const node = { config: { [fingerprintKey]: fingerprint({ sql: 'select 1' }) } };
    write('manifest.json', JSON.stringify({ nodes: { 'model.shop.m': node }, sources: {} }));
    write('run_results.json', JSON.stringify({ results: [{ unique_id: 'model.shop.m', status: 'error' }] }));
    const { state, diagnostics } = await readPreviousState(folder);
    expect(diagnostics).toEqual([]);
    expect(state.fingerprints?.get('model.shop.m')).toEqual(fingerprint({ sql: 'select 1' }));
    expect(state.results?.get('model.shop.m')).toBe('error');
    write('manifest.json', '{"nodes": {"model.shop.m": {}}}');
    write('run_results.json', '{"results": [');
    expect(await codes()).toEqual(['CH330 It was not written by churn.', 'CH330 It is not complete JSON.']);
  });
});
