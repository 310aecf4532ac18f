import { describe, expect, test } from 'vitest';
import type { ConfigValue } from '../../../core/1-load/index.ts';
import { auditProject, blockingResults } from '../../../core/5-audit/index.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const sql = 'select s.customer_id, s.prediction_time, s.churned, 1 as one from raw.spine s';
const audit = async (policy: ConfigValue | undefined) =>
  auditProject(await testInput({ sources, models: { gold: { sql, pointInTime } }, policy }), {
    today: '2026-06-01',
  });
const waiver = { model: 'gold', column: 'churned', who: 'Ann', why: 'known', until: '2026-12-31' };

describe('the policy', () => {
  test('without one, a refuted column stops the build', async () => {
    const report = await audit(undefined);
    expect(blockingResults(report.results).map(({ column }) => column)).toEqual(['churned']);
  });

  test('a waiver that has not expired lets it pass, and is shown', async () => {
    const report = await audit({ waivers: [waiver] });
    expect(blockingResults(report.results)).toEqual([]);
    expect(report.results.find(({ column }) => column === 'churned')?.waived).toEqual({
      by: 'Ann',
      why: 'known',
      until: '2026-12-31',
    });
    expect(report.summary).toMatchObject({ refuted: 1, waived: 1 });
  });

  test('an expired waiver waives nothing and is an error', async () => {
    const report = await audit({ waivers: [{ ...waiver, until: '2026-05-31' }] });
    expect(blockingResults(report.results)).toHaveLength(1);
    expect(report.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['CH502', 'error']]);
  });

  test('a waiver of a proved column is reported', async () => {
    const report = await audit({ waivers: [{ ...waiver, column: 'one' }] });
    expect(report.diagnostics.map(({ code }) => code)).toEqual(['CH503']);
  });

  test('a model may be warned about only', async () => {
    const report = await audit({ refuted: 'error', models: { gold: { refuted: 'warn' } } });
    expect(report.results.find(({ column }) => column === 'churned')?.severity).toBe('warn');
    expect(blockingResults(report.results)).toEqual([]);
  });

  test('a declaration that cannot be read proves nothing and is an error', async () => {
    const broken = {
      ...sources,
      events: { ...sources.events, columns: sources.events?.columns ?? {}, availableAt: 'loded_at' },
    };
    const input = await testInput({
      sources: broken,
      models: {
        gold: {
          sql: 'select e.customer_id, e.loaded_at as prediction_time, e.kind from raw.events e',
          pointInTime,
        },
      },
    });
    const report = await auditProject(input, { attempts: 0 });
    expect(report.diagnostics.map(({ code }) => code)).toEqual(['CH501']);
    expect(report.results.find(({ column }) => column === '(rows)')?.verdict).toBe('UNPROVEN');
  });
});
