import { expect, test } from 'vitest';
import { parseDuration } from '../../../../core/2-render/define/duration.ts';
import { type Bound, boundsInOrder, sameBound } from '../../../../core/2-render/features/bounds.ts';

const bound = (...texts: string[]): Bound =>
  texts.map((text) => parseDuration(text) ?? expect.fail(`${text} is no duration`));
const inOrder = (...bounds: Bound[]) =>
  boundsInOrder(bounds)?.map((one) => one?.map(({ count, unit }) => `${count} ${unit}`).join(' + ') ?? 'all');

test('bounds are ordered from the prediction time backwards, each once', () => {
  expect(inOrder(bound('30d'), undefined, bound('7d'), bound('1w'), bound('12h'))).toEqual([
    '',
    '12 hour',
    '7 day',
    '30 day',
    'all',
  ]);
  expect(sameBound(bound('7d', '7d'), bound('2w'))).toBe(true);
  expect(sameBound(bound('24h'), bound('1d'))).toBe(true);
});

test('months have their place between days that they are always longer or shorter than', () => {
  expect(inOrder(bound('1mo'), bound('2mo'), bound('28d'), bound('90d'), bound('7d'))).toEqual([
    '',
    '7 day',
    '28 day',
    '1 month',
    '2 month',
    '90 day',
  ]);
  expect(inOrder(bound('12mo'), bound('13mo'))).toEqual(['', '12 month', '13 month']);
});

test('without an order there is none: 30 days may be longer than a month, or shorter', () => {
  expect(inOrder(bound('30d'), bound('1mo'))).toBeUndefined();
  expect(inOrder(bound('365d'), bound('12mo'))).toBeUndefined();
  expect(inOrder(bound('1mo', '7d'))).toBeUndefined();
});
