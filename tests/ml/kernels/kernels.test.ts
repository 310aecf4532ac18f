import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countValues } from '../../../ml/binning/fit-mapper.ts';
import { cellLayout, leftCells, writeCells } from '../../../ml/histogram/cells.ts';
import { countKernel } from '../../../ml/kernels/bin-kernel.ts';
import { histogramKernel } from '../../../ml/kernels/histogram-kernel.ts';
import { sharedMemory } from '../../../ml/kernels/wasm.ts';
import { randomSequence } from '../../../ml/random.ts';

describe('counting values', () => {
  const count = countKernel(400)!;
  const odd = [0, -0, 1e-36, -1e-36, Infinity, -Infinity, 5e-324, -5e-324, 1, 1 + Number.EPSILON, -1, 1e300];
  const value = fc.oneof(fc.double(), fc.integer({ min: -9, max: 9 }), fc.constantFrom(...odd));
  const column = fc.array(value, { maxLength: 400 });

  test('gives what sorting gives, for any doubles', () => {
    fc.assert(
      fc.property(column, (values) => {
        const given = Float64Array.from(values);
        const fast = count(given, null);
        const plain = countValues(given, null);
        expect(fast.distinct.size).toBe(plain.distinct.size);
        expect(fast.distinct.values).toEqual(plain.distinct.values.slice(0, plain.distinct.size));
        expect(fast.distinct.counts).toEqual(plain.distinct.counts.slice(0, plain.distinct.size));
        expect({ ...fast, distinct: 0 }).toEqual({ ...plain, distinct: 0 });
      }),
      { numRuns: 300 },
    );
  });

  test('looks at the sampled rows only', () => {
    const found = count(Float32Array.of(3, Number.NaN, 1, 3, 7), Uint32Array.of(0, 1, 2, 3));
    expect(found).toMatchObject({ present: 3, min: 1, max: 3, distinct: { size: 2 } });
    expect([...found.distinct.counts]).toEqual([1, 2]);
  });
});

describe('cells', () => {
  test('columns of few bins share one byte, wide ones do not', () => {
    const layout = cellLayout([255, 2, 60, 2, 16, 16]);
    expect(layout.columns.map(({ cells }) => cells)).toEqual([255, 240, 256]);
    expect([...layout.columnOf]).toEqual([0, 1, 1, 1, 2, 2]);
  });

  test('keep every bin, and a table over bins becomes one over cells', () => {
    const anyBins = fc.array(fc.integer({ min: 2, max: 256 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(anyBins, fc.integer(), (bins, seed) => {
        const random = randomSequence(seed);
        const rows = 50;
        const data = bins.map((n) => Uint8Array.from({ length: rows }, () => Math.floor(random() * n)));
        const { columns } = cellLayout(bins);
        expect(columns.flatMap(({ members }) => members.map(({ k }) => k)).sort((a, b) => a - b)).toEqual([
          ...bins.keys(),
        ]);
        for (const column of columns) {
          expect(column.cells).toBeLessThanOrEqual(256);
          const out = new Uint8Array(rows);
          writeCells(column, (k) => data[k]!, out);
          for (const { k } of column.members) {
            const goesLeft = Uint8Array.from({ length: bins[k]! }, () => (random() < 0.5 ? 1 : 0));
            const table = new Uint8Array(256);
            leftCells(column, k, goesLeft, 4, table);
            for (let row = 0; row < rows; row++) expect(table[out[row]!]).toBe(4 * goesLeft[data[k]![row]!]!);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the histogram kernel', () => {
  test.each([1, 7, 8, 9, 40, 600])('adds packed words to the bins of %d columns', (columns) => {
    const random = randomSequence(columns);
    const rows = 97;
    const stride = Math.ceil(columns / 4) * 4;
    const offsets = Array.from({ length: columns }, (_, c) => c * 256 * 8);
    const [cellsAt, ghAt, histogramAt] = [4096, 2 ** 17, 2 ** 18];
    const memory = sharedMemory(histogramAt + columns * 2048)!;
    const cells = new Uint8Array(memory.buffer, cellsAt, rows * stride);
    const gh = new BigInt64Array(memory.buffer, ghAt, rows);
    cells.forEach((_, i) => {
      cells[i] = random() * 256;
    });
    gh.forEach((_, i) => {
      gh[i] = BigInt(Math.floor((random() - 0.5) * 2 ** 50)) * 4096n;
    });
    histogramKernel(memory, histogramAt, offsets, stride)(cellsAt, rows, ghAt);
    const expected = new BigInt64Array(columns * 256);
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < columns; c++) expected[c * 256 + cells[row * stride + c]!]! += gh[row]!;
    }
    expect(new BigInt64Array(memory.buffer, histogramAt, columns * 256)).toEqual(expected);
  });
});
