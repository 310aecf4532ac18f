import type { DriverAction } from '#core';
import type { Dataset, Driver, FeatureColumn } from '#ml';

/** Where a feature's values lie among the customers it is compared with. */
export type Medians = ReadonlyMap<string, number>;

/** The median of every numeric feature, missing values left out. */
export function featureMedians(data: Dataset): Medians {
  const medians = new Map<string, number>();
  for (const feature of data.features) {
    const median = medianOf(feature);
    if (median !== undefined) medians.set(feature.name, median);
  }
  return medians;
}

function medianOf(feature: FeatureColumn): number | undefined {
  if (feature.kind === 'categorical') return undefined;
  const sorted = Float64Array.from(feature.values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/**
 * The declared answer to a driver: the first action of its feature whose condition holds. Only drivers that raise
 * the risk have one. `low` and `high` compare with the median customer; `falling` and `rising` are for features that
 * measure change, and compare with 0 as well.
 */
export function actionFor(
  driver: Driver,
  actions: readonly DriverAction[],
  medians: Medians,
): DriverAction | undefined {
  if (driver.contribution <= 0) return undefined;
  return actions.find(
    ({ feature, when }) => feature === driver.feature && holds(when, driver.value, medians.get(feature)),
  );
}

function holds(when: DriverAction['when'], value: Driver['value'], median: number | undefined): boolean {
  if (typeof value !== 'number') return false;
  if ('below' in when) return value < when.below;
  if ('above' in when) return value > when.above;
  const typical = median ?? 0;
  switch (when.direction) {
    case 'low':
      return value < typical;
    case 'high':
      return value > typical;
    case 'falling':
      return value < 0 || value < typical;
    case 'rising':
      return value > 0 && value > typical;
  }
}
