import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { NodeResult } from '#core';
import type { CliEvent } from '../../../cli/render/events.ts';
import { type LineOptions, linesOf } from '../../../cli/render/lines.ts';
import { painter } from '../../../cli/render/paint.ts';
import { duration, table } from '../../../cli/render/words.ts';

const options: LineOptions = { paint: painter(false), color: false, quiet: false, verbose: false, width: 80 };
const lines = (event: CliEvent, changed: Partial<LineOptions> = {}) =>
  linesOf(event, { ...options, ...changed });

function result(changed: Partial<NodeResult>): NodeResult {
  return {
    uniqueId: 'model.shop.orders',
    kind: 'model',
    name: 'orders',
    status: 'success',
    seconds: 1.234,
    startedAt: '',
    completedAt: '',
    thread: 0,
    diagnostics: [],
    ...changed,
  };
}

const end = (changed: Partial<NodeResult>): CliEvent => ({
  type: 'node-end',
  result: result(changed),
  index: 3,
  total: 12,
});

describe('a line of progress', () => {
  test('says k of N, the outcome, the node, its rows and its time', () => {
    const [line] = lines(end({ rows: 50000 }));
    expect(line).toMatch(/^ 3 of 12 OK {4}model orders \.+ \[50,000 rows, 1\.23s\]$/);
    expect(line).toHaveLength(80);
  });

  test('tells failing rows, and a message where no diagnostic follows', () => {
    const [line, message] = lines(end({ kind: 'test', status: 'fail', failures: 7, message: 'Got 7 rows' }));
    expect(line).toMatch(/FAIL {2}test orders \.+ \[7 failing, 1\.23s\]/);
    expect(message).toContain('Got 7 rows');
  });

  test('gives the reason of a skip in place of a time', () => {
    expect(lines(end({ status: 'skipped', message: 'skipped: a did not succeed' }))[0]).toContain(
      '[skipped: a did not succeed]',
    );
  });

  test('is left out when quiet, unless something failed', () => {
    expect(lines(end({}), { quiet: true })).toEqual([]);
    expect(lines(end({ status: 'error' }), { quiet: true })).toHaveLength(1);
  });

  test('of a start is shown when verbose only', () => {
    const start: CliEvent = {
      type: 'node-start',
      uniqueId: 'm',
      name: 'orders',
      kind: 'model',
      index: 1,
      total: 2,
    };
    expect(lines(start)).toEqual([]);
    expect(lines(start, { verbose: true })).toEqual(['1 of 2 START model orders']);
  });
});

test('the end tells pass, warn, fail, skip and the slowest three', () => {
  const results = [
    result({ name: 'a', seconds: 1 }),
    result({ name: 'b', seconds: 4, status: 'warn' }),
    result({ name: 'c', seconds: 3, status: 'fail' }),
    result({ name: 'd', seconds: 0, status: 'skipped' }),
    result({ name: 'e', seconds: 2, status: 'pass' }),
  ];
  expect(lines({ type: 'run-end', results, seconds: 65.2, interrupted: false })).toEqual([
    'Done in 1m 05s: PASS=2 WARN=1 FAIL=1 SKIP=1 TOTAL=5',
    'Slowest: b 4.00s, c 3.00s, e 2.00s',
  ]);
});

test('the next command stands under the rest', () => {
  expect(lines({ type: 'next', commands: ['churn audit', 'churn train'] })).toEqual([
    'Next: churn audit',
    '      churn train',
  ]);
});

test('colour paints words, never layout', () => {
  const strip = stripVTControlCharacters;
  const painted = lines(end({ rows: 1 }), { paint: painter(true), color: true });
  expect(painted.map(strip)).toEqual(lines(end({ rows: 1 })));
  expect(painted[0]).toContain('\u001b[32mOK\u001b[0m');
});

test('times read like times', () => {
  expect([0.004, 9.994, 9.999, 59.94, 59.99, 3599.6].map(duration)).toEqual([
    '0.00s',
    '9.99s',
    '10.0s',
    '59.9s',
    '1m 00s',
    '60m 00s',
  ]);
});

test('a table pads text left and numbers right', () => {
  expect(
    table(
      ['name', 'rows'],
      [
        ['a', '1,200'],
        ['long', '7'],
      ],
    ),
  ).toBe(['name   rows', '----  -----', 'a     1,200', 'long      7'].join('\n'));
});
