import { expect, test } from 'vitest';
import { longestInterval } from '../../../ops/gold/interval.ts';

const day = 86_400_000;

test.each([
  ['30 days', 30 * day],
  ['1 day', day],
  ['2 weeks', 14 * day],
  ['1 month', 31 * day],
  ['1 year', 366 * day],
  ['36 hours', 1.5 * day],
  ['1 day 12 hours', 1.5 * day],
  ['1 month and 2 days', 33 * day],
])('%s lasts at most that long', (text, expected) => {
  expect(longestInterval(text)).toBe(expected);
});

test.each(['soon', '', '30', 'days', '30 parsecs'])('%s is no interval', (text) => {
  expect(longestInterval(text)).toBeUndefined();
});
