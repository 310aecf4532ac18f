import type { ScanResult } from '../splitting/scan.ts';
import type { Split } from '../splitting/split.ts';
import { recordBytes } from './layout.ts';

/** What a record holds: a scan's result, still to be completed to a split, or a split with or without categories. */
const kinds = { scan: 0, split: 1, categories: 2 } as const;

/**
 * Splits found, as fixed records in shared memory: gain (NaN: none), threshold, default left, left gradient, left
 * hessian, both outputs, kind, then a bitset of the bins that go left. The scan kernel writes a scan's result instead:
 * gain, threshold, whether forward, gradient and hessian of the scanned side.
 */
export function splitRecords(memory: ArrayBufferLike, at: number, count: number) {
  const words = recordBytes / 8;
  const doubles = new Float64Array(memory, at, count * words);
  const bits = new Uint32Array(memory, at, count * words * 2);
  return {
    write(index: number, split: Split | null): void {
      const base = index * words;
      if (split === null) {
        doubles[base] = Number.NaN;
        return;
      }
      doubles[base] = split.gain;
      doubles[base + 1] = split.threshold;
      doubles[base + 2] = split.defaultLeft ? 1 : 0;
      doubles[base + 3] = split.leftGradient;
      doubles[base + 4] = split.leftHessian;
      doubles[base + 5] = split.leftOutput;
      doubles[base + 6] = split.rightOutput;
      doubles[base + 7] = split.categories === undefined ? kinds.split : kinds.categories;
      if (split.categories === undefined) return;
      const set = 2 * (base + 8);
      bits.fill(0, set, set + 8);
      for (const bin of split.categories) bits[set + (bin >> 5)]! |= 1 << (bin & 31);
    },
    gain: (index: number): number => doubles[index * words]!,
    /** Completes a scan's result; a record without a split must not be read. */
    read(index: number, feature: number, complete: (found: ScanResult) => Split): Split {
      const base = index * words;
      const gain = doubles[base]!;
      if (doubles[base + 7] === kinds.scan) {
        return complete({
          gain,
          threshold: doubles[base + 1]!,
          forward: doubles[base + 2] === 1,
          gradient: doubles[base + 3]!,
          hessian: doubles[base + 4]!,
        });
      }
      const set = 2 * (base + 8);
      const isIn = (bin: number): boolean => ((bits[set + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
      return {
        gain,
        feature,
        threshold: doubles[base + 1]!,
        defaultLeft: doubles[base + 2] === 1,
        leftGradient: doubles[base + 3]!,
        leftHessian: doubles[base + 4]!,
        leftOutput: doubles[base + 5]!,
        rightOutput: doubles[base + 6]!,
        categories:
          doubles[base + 7] === kinds.categories
            ? Array.from({ length: 256 }, (_, bin) => bin).filter(isIn)
            : undefined,
      };
    },
  };
}
