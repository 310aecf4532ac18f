import type { Driver, Explanation } from '../shap/drivers.ts';
import { short } from './scale.ts';

/** The largest contributions, the rest summed up as one. */
export function topContributions(explanation: Explanation, most: number): readonly Driver[] {
  const { contributions } = explanation;
  if (contributions.length <= most) return contributions;
  const rest = contributions.slice(most - 1);
  const sum = rest.reduce((total, driver) => total + driver.contribution, 0);
  return [
    ...contributions.slice(0, most - 1),
    { feature: `${rest.length} others`, contribution: sum, value: null },
  ];
}

/** `feature = value`, or the feature's name alone for a sum of others. */
export function driverLabel({ feature, value }: Driver): string {
  if (/^\d+ others$/.test(feature)) return feature;
  return `${feature} = ${value === null ? 'missing' : typeof value === 'number' ? short(value) : value}`;
}

export function spaceName(explanation: Explanation): string {
  return explanation.space === 'raw' ? 'log-odds' : 'probability';
}

/** `+1.30`, `-0.12` or `+0.034`: bars beneath each other have their digits beneath each other. */
export function signed(value: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(Math.abs(value) >= 0.0995 ? 2 : 3)}`;
}
