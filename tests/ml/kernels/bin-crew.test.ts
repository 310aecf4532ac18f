import { describe, expect, test } from 'vitest';
import { binDataset, fitMappers } from '../../../ml/binning/binned.ts';
import type { Dataset, FeatureColumn } from '../../../ml/dataset/dataset.ts';
import { binColumns } from '../../../ml/kernels/bin-crew.ts';
import { builtFile } from '../../../ml/kernels/wasm.ts';
import { hash3 } from '../../../ml/random.ts';
import { resolveParams } from '../../../ml/training/resolve.ts';

/** Numbers of many kinds, gaps, and a column of codes: 3 million cells, so that three threads have work. */
function wide(): Dataset {
  const rows = 250_000;
  const features: FeatureColumn[] = Array.from({ length: 11 }, (_, f) => {
    const values = f % 3 === 0 ? new Float32Array(rows) : new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const bits = hash3(row, f, 7);
      values[row] =
        f % 4 === 1 && bits % 10 === 0 ? Number.NaN : f < 5 ? bits % (3 + 40 * f) : bits / 1e9 - 2;
    }
    return { kind: 'numeric', name: `n${f}`, values };
  });
  const codes = Int32Array.from({ length: rows }, (_, row) => (hash3(row, 99, 7) % 5) - 1);
  features.push({ kind: 'categorical', name: 'c', codes, dictionary: ['a', 'b', 'c', 'd'] });
  return { rows, features };
}

describe.skipIf(builtFile('bin-worker.js') === null)('columns binned by several threads', () => {
  test('have the mappers and bins of one thread, whether all rows are sampled or not', async () => {
    const data = wide();
    for (const sampled of [250_000, 30_000]) {
      const params = resolveParams({ bin_construct_sample_cnt: sampled });
      const expected = binDataset(data, fitMappers(data, params));
      for (const threads of [2, 3]) {
        const binned = await binColumns(data, params, threads);
        expect(binned.mappers).toEqual(expected.mappers);
        expect(binned.used).toEqual(expected.used);
        binned.columns.forEach((column, f) => {
          expect(Buffer.from(column).equals(Buffer.from(expected.columns[f]!))).toBe(true);
        });
      }
    }
    // The caller's columns are still the caller's: what is moved is a copy.
    expect(data.features.every((f) => f.kind !== 'numeric' || f.values.length === data.rows)).toBe(true);
  });
});
