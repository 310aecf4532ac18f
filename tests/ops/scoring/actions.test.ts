import { describe, expect, test } from 'vitest';
import type { DriverAction } from '#core';
import type { Driver } from '#ml';
import { actionFor, featureMedians } from '../../../ops/scoring/actions.ts';

const medians = new Map([
  ['velocity', 0.1],
  ['tickets', 1],
]);
const action = (feature: string, when: DriverAction['when'], name: string = feature): DriverAction => ({
  feature,
  when,
  action: name,
});
const driver = (feature: string, value: Driver['value'], contribution = 1): Driver => ({
  feature,
  value,
  contribution,
});

describe('the declared answer to a driver', () => {
  test.each([
    ['falling below zero', { direction: 'falling' }, -0.2, true],
    ['falling below the median', { direction: 'falling' }, 0.05, true],
    ['not falling', { direction: 'falling' }, 0.5, false],
    ['low', { direction: 'low' }, 0, true],
    ['at the median, not low', { direction: 'low' }, 0.1, false],
    ['high', { direction: 'high' }, 0.2, true],
    ['rising', { direction: 'rising' }, 0.2, true],
    ['below a bound', { below: 30 }, 29, true],
    ['at a bound, not below', { below: 30 }, 30, false],
    ['above a bound', { above: 3 }, 4, true],
    ['missing', { direction: 'low' }, null, false],
    ['a category', { direction: 'low' }, 'x', false],
  ] as const)('%s', (_, when, value, holds) => {
    const found = actionFor(driver('velocity', value), [action('velocity', when)], medians);
    expect(found !== undefined).toBe(holds);
  });

  test('answers only what raises the risk', () => {
    const actions = [action('velocity', { direction: 'falling' })];
    expect(actionFor(driver('velocity', -1, -0.3), actions, medians)).toBeUndefined();
    expect(actionFor(driver('velocity', -1, 0.3), actions, medians)?.action).toBe('velocity');
  });

  test('takes the first whose condition holds', () => {
    const actions = [
      action('tickets', { above: 5 }, 'call today'),
      action('tickets', { direction: 'high' }, 'write'),
    ];
    expect(actionFor(driver('tickets', 9), actions, medians)?.action).toBe('call today');
    expect(actionFor(driver('tickets', 2), actions, medians)?.action).toBe('write');
    expect(actionFor(driver('tickets', 0), actions, medians)).toBeUndefined();
  });
});

test('medians leave missing values and categories out', () => {
  const found = featureMedians({
    rows: 4,
    features: [
      { kind: 'numeric', name: 'even', values: Float64Array.of(4, 1, 3, 2) },
      { kind: 'numeric', name: 'gaps', values: Float64Array.of(5, Number.NaN, 1, 2) },
      {
        kind: 'numeric',
        name: 'nothing',
        values: Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN),
      },
      { kind: 'categorical', name: 'country', codes: Int32Array.of(0, 0, 0, 0), dictionary: ['DE'] },
    ],
  });
  expect(Object.fromEntries(found)).toEqual({ even: 2.5, gaps: 2 });
});
