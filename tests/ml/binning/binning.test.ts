import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binDataset, fitMappers } from '../../../ml/binning/binned.ts';
import { distinctValues, equalOrdered, findBounds, nextUp } from '../../../ml/binning/find-bounds.ts';
import { encodeCategories, resolveParams } from '../../../ml/index.ts';
import { numericData } from '../data.ts';

describe('bounds', () => {
  const column = fc.array(
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -5, max: 5 })),
    {
      minLength: 1,
      maxLength: 300,
    },
  );

  test('ascend, end in infinity and are at most max_bin', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 3, max: 40 }), (values, maxBin) => {
        const bounds = findBounds(distinctValues(Float64Array.from(values).sort()), maxBin, values.length, 3);
        expect(bounds.at(-1)).toBe(Infinity);
        expect(bounds.length).toBeLessThanOrEqual(maxBin);
        for (let i = 1; i < bounds.length; i++) expect(bounds[i]).toBeGreaterThan(bounds[i - 1]!);
      }),
    );
  });

  test('keep the order of values: a larger value never has a smaller bin', () => {
    fc.assert(
      fc.property(column, (values) => {
        const data = numericData({ x: values });
        const { columns } = binDataset(data, fitMappers(data, resolveParams({ max_bin: 16 })));
        const bins = columns[0]!;
        for (let i = 0; i < values.length; i++) {
          for (let j = 0; j < values.length; j++) {
            if (values[i]! <= values[j]!) expect(bins[i]).toBeLessThanOrEqual(bins[j]!);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test('give zero a bin of its own, between negatives and positives', () => {
    const x = Array.from({ length: 90 }, (_, i) => (i % 3) - 1);
    const bounds = findBounds(distinctValues(Float64Array.from(x).sort()), 255, 90, 3);
    expect(bounds).toEqual([-1.0000000180025095e-35, 1.0000000180025095e-35, Infinity]);
  });

  test('the next double is the next double', () => {
    expect(nextUp(1)).toBe(1 + Number.EPSILON);
    expect(nextUp(0)).toBe(Number.MIN_VALUE);
    expect(nextUp(-1)).toBe(-1 + Number.EPSILON / 2);
    expect(equalOrdered(1, nextUp(1))).toBe(true);
    expect(equalOrdered(1, nextUp(nextUp(1)))).toBe(false);
  });
});

describe('missing values and categories', () => {
  test('NaN has the last bin, or zero’s bin when it is not used', () => {
    const data = numericData({ x: [Number.NaN, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3] });
    const separate = binDataset(data, fitMappers(data, resolveParams({})));
    expect(separate.columns[0]![0]).toBe(separate.mappers[0]!.bins - 1);
    const merged = binDataset(data, fitMappers(data, resolveParams({ use_missing: false })));
    expect(merged.columns[0]![0]).toBe(merged.columns[0]![1]);
  });

  test('missing and unseen categories share bin 0', () => {
    const words = [...'aaabbbccc'];
    const data = { rows: 10, features: [encodeCategories('c', [...words, null])] };
    const mappers = fitMappers(data, resolveParams({}));
    expect(binDataset(data, mappers).columns[0]![9]).toBe(0);
    const other = { rows: 2, features: [encodeCategories('c', ['zzz', 'b'])] };
    const bins = binDataset(other, mappers).columns[0]!;
    expect(bins[0]).toBe(0);
    expect(bins[1]).toBe(binDataset(data, mappers).columns[0]![3]);
  });

  test('more than 255 bins are kept in 16 bits', () => {
    const values = Array.from({ length: 3000 }, (_, i) => i);
    const data = numericData({ x: values });
    const { columns } = binDataset(data, fitMappers(data, resolveParams({ max_bin: 1000 })));
    expect(columns[0]).toBeInstanceOf(Uint16Array);
    expect(Math.max(...columns[0]!)).toBeGreaterThan(900);
  });
});
