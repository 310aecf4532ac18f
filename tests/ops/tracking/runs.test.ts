import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readRegistry, withTrained, writeRegistry } from '../../../ops/registry/registry.ts';
import { type RunFolder, readRunFile, writeRun } from '../../../ops/tracking/run-folder.ts';
import { runId } from '../../../ops/tracking/run-id.ts';

const target = mkdtempSync(join(tmpdir(), 'churn-runs-'));
afterAll(() => rmSync(target, { recursive: true, force: true }));

const run = (id: string, plots: Readonly<Record<string, string>>): RunFolder => ({
  record: {
    schema_version: 1,
    id,
    project: 'p',
    model: 'gold',
    churn_version: '0.1.0',
    parameters: { num_leaves: 31 },
    data: { rows: 2, hash: 'h' },
    features: ['a'],
    metrics: {},
  },
  model: 'tree\n',
  documents: { evaluation: { folds: [] } },
  plots,
});

describe('a run', () => {
  test('has an id by what decides it, not by the order of keys', () => {
    expect(runId({ a: 1, b: { c: 2, d: [1, 2] } })).toBe(runId({ b: { d: [1, 2], c: 2 }, a: 1 }));
    expect(runId({ a: 1 })).not.toBe(runId({ a: 2 }));
    expect(runId({ a: [1, 2] })).not.toBe(runId({ a: [2, 1] }));
    expect(runId({})).toMatch(/^[0-9a-f]{12}$/);
  });

  test('is written whole, and a repetition replaces it', () => {
    const folder = writeRun(target, run('x', { pr: '<svg/>', old: '<svg/>' }));
    writeRun(target, run('x', { pr: '<svg/>' }));
    expect(readdirSync(folder).sort()).toEqual(['evaluation.json', 'model.txt', 'plots', 'run.json']);
    expect(readdirSync(join(folder, 'plots'))).toEqual(['pr.svg']);
    expect(readdirSync(join(target, 'runs'))).toEqual(['x']);
    expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toMatchObject({
      id: 'x',
      features: ['a'],
    });
  });

  test('gives its files back, undefined for what is not there', () => {
    expect(readRunFile(target, 'x', 'model.txt')).toBe('tree\n');
    expect(readRunFile(target, 'x', 'plots/roc.svg')).toBeUndefined();
    expect(readRunFile(target, 'y', 'model.txt')).toBeUndefined();
  });
});

describe('the registry', () => {
  test('is empty at first, then knows the current run and its history', () => {
    expect(readRegistry(target)).toEqual({ schema_version: 1, current: undefined, history: [] });
    const first = withTrained(readRegistry(target), 'x', new Date('2024-01-01T00:00:00Z'));
    writeRegistry(target, withTrained(first, 'y', new Date('2024-01-02T00:00:00Z')));
    expect(readRegistry(target)).toEqual({
      schema_version: 1,
      current: 'y',
      history: [
        { run: 'x', at: '2024-01-01T00:00:00.000Z', event: 'trained' },
        { run: 'y', at: '2024-01-02T00:00:00.000Z', event: 'trained' },
      ],
    });
  });
});
