import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  codeFrame,
  formatDiagnostic,
  LineIndex,
  nearest,
  sortDiagnostics,
} from '../../../core/diagnostics/index.ts';

describe('LineIndex', () => {
  test('agrees with counting newlines', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', 'é') }), fc.nat(60), (text, raw) => {
        const offset = Math.min(raw, text.length);
        const before = text.slice(0, offset);
        const position = new LineIndex(text).position(offset);
        expect(position.line).toBe(before.split('\n').length);
        expect(position.column).toBe(offset - before.lastIndexOf('\n'));
      }),
    );
  });
});

describe('codeFrame', () => {
  const text = 'select\n  amuont,\n  customer_id\nfrom orders\n';
  const span = new LineIndex(text).span('models/orders.sql', 9, 15);

  test('marks the span', () => {
    expect(codeFrame(text, span, 1)).toBe(
      ['  1 | select', '> 2 |   amuont,', '    |   ^^^^^^', '  3 |   customer_id'].join('\n'),
    );
  });

  test('keeps tabs so that the caret stands under its column', () => {
    const tabbed = '\tselect x';
    const frame = codeFrame(tabbed, new LineIndex(tabbed).span('m.sql', 8, 9), 0);
    expect(frame.split('\n')[1]).toBe('    | \t       ^');
  });

  test('a span over lines is underlined to the end of its first', () => {
    const frame = codeFrame(text, new LineIndex(text).span('m.sql', 9, 30), 0);
    expect(frame.split('\n')[1]).toBe('    |   ^^^^^^^');
  });
});

test('formatDiagnostic shows place, code, frame, cause, fix and related places, once each', () => {
  const text = 'select amuont from orders';
  const span = new LineIndex(text).span('models/a.sql', 7, 13);
  const shown = formatDiagnostic(
    {
      code: 'CH403',
      severity: 'error',
      message: 'column `amuont` does not exist',
      span,
      cause: '`orders` has amount, id',
      fix: 'Did you mean `amount`?',
      related: [{ span, message: 'called here' }],
    },
    { text: () => text },
  );
  expect(shown).toBe(
    [
      'models/a.sql:1:8 error CH403: column `amuont` does not exist',
      '  > 1 | select amuont from orders',
      '      |        ^^^^^^',
      '  cause: `orders` has amount, id',
      '  fix: Did you mean `amount`?',
      '  see: models/a.sql:1:8 called here',
    ].join('\n'),
  );
});

describe('nearest', () => {
  test.each([
    ['materialised', ['materialized', 'tags'], 'materialized'],
    ['colunms', ['columns', 'config'], 'columns'],
    ['Schema', ['schema'], 'schema'],
    ['xyz', ['columns'], undefined],
    ['id', ['customer_id'], undefined],
    ['a', ['1', 'b'], undefined],
    ['lgo', ['log'], 'log'],
  ])('%s of %j is %s', (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
  });
});

test('sortDiagnostics orders by file, place, code', () => {
  const index = new LineIndex('a\nb\nc');
  const at = (file: string, offset: number, code: string) => ({
    code,
    severity: 'error' as const,
    message: code,
    span: index.span(file, offset, offset + 1),
  });
  const sorted = sortDiagnostics([at('b', 0, 'CH2'), at('a', 4, 'CH1'), at('a', 0, 'CH3')]);
  expect(sorted.map(({ code }) => code)).toEqual(['CH3', 'CH1', 'CH2']);
});
