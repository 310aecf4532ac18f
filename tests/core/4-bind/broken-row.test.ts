import { expect, test } from 'vitest';
import { firstBrokenRow } from '../../../core/4-bind/sources/broken-row.ts';

test.each([
  ['a,b\n1,2\n', ',', undefined],
  ['a,b\r\n1,2\r\n\r\n3,4', ',', undefined],
  ['a,b\n"1,\n""x""",2\n3,4,5\n', ',', 'line 4 has 3 fields where the header has 2'],
  ['a;b\n1\n', ';', 'line 2 has 1 field where the header has 2'],
  ['a,b\n1,"2\n3,4\n', ',', 'the quote opened on line 2 is never closed'],
  ['a,b\n1,2"x\n', ',', undefined],
  ['a||b\n1||2||3', '||', 'line 2 has 3 fields where the header has 2'],
  ['', ',', undefined],
])('%j', (text, delimiter, problem) => {
  expect(firstBrokenRow(text, delimiter)?.problem).toBe(problem);
});

test('the row is the place', () => {
  const text = 'a,b\r\n1,2\r\n3,4,5\r\n';
  const row = firstBrokenRow(text, ',');
  expect(text.slice(row?.start, row?.end)).toBe('3,4,5');
});
