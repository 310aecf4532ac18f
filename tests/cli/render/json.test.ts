import { describe, expect, test } from 'vitest';
import type { CliEvent } from '../../../cli/render/events.ts';
import { jsonLogRenderer, jsonRenderer } from '../../../cli/render/json.ts';

const events: readonly CliEvent[] = [
  { type: 'run-start', total: 2, target: 'dev', threads: 2 },
  { type: 'node-start', uniqueId: 'model.s.a', name: 'a', kind: 'model', index: 1, total: 2 },
  {
    type: 'node-end',
    index: 1,
    total: 2,
    result: {
      uniqueId: 'model.s.a',
      kind: 'model',
      name: 'a',
      status: 'success',
      seconds: 0.5,
      startedAt: 't',
      completedAt: 't',
      thread: 0,
      diagnostics: [],
      compiledSql: 'select 1',
    },
  },
  { type: 'diagnostics', diagnostics: [{ code: 'CH101', severity: 'error', message: 'a\nb' }] },
  { type: 'note', level: 'info', text: 'hello' },
  { type: 'data', text: 'for people', records: [{ type: 'node', name: 'a' }] },
  { type: 'section', title: 'churn build', index: 1, total: 2 },
  { type: 'step-end', name: 'fold 1', index: 1, total: 7, seconds: 2, status: 'done' },
  { type: 'run-end', results: [], seconds: 1, interrupted: false },
  { type: 'next', commands: ['churn audit'] },
];

function run(
  make: (out: (text: string) => void, error: (text: string) => void) => ReturnType<typeof jsonRenderer>,
) {
  let out = '';
  let error = '';
  const renderer = make(
    (text) => {
      out += text;
    },
    (text) => {
      error += text;
    },
  );
  for (const event of events) renderer.emit(event);
  return { out, error };
}

describe('JSON lines', () => {
  test('every line is an object with schema_version and type', () => {
    const { out } = run((write) => jsonRenderer(write));
    const records = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toHaveLength(events.length);
    for (const record of records) {
      expect(record.schema_version).toBe(1);
      expect(record.type).toBeTypeOf('string');
    }
    expect(records[2]).toMatchObject({ type: 'node-end', unique_id: 'model.s.a', started_at: 't' });
    expect(records[2]).not.toHaveProperty('compiled_sql');
    expect(records[3]).toMatchObject({ type: 'diagnostic', code: 'CH101', message: 'a\nb' });
    expect(records[5]).toEqual({ schema_version: 1, type: 'node', name: 'a' });
  });

  test('as a log they leave stdout to the data', () => {
    const { out, error } = run((stdout, stderr) => jsonLogRenderer(stdout, stderr));
    expect(out).toBe('for people\n');
    expect(error.trimEnd().split('\n')).toHaveLength(events.length - 1);
  });
});
