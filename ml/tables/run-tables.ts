import type { Tree } from '../format/model.ts';
import { instantiate, type Kernels, loadModule, type SharedMemory, sharedMemory } from '../kernels/wasm.ts';
import type { ModelColumns } from '../predicting/model-columns.ts';
import { type FeatureCode, inSet } from './codes.ts';
import type { LeafMasks } from './leaf-masks.ts';
import type { PatternTable } from './shap-tables.ts';

/** Rows worked on at a time: their codes and sums stay in the second-level cache. */
export const blockRows = 4096;

/** A tree's tables with the tree they refer to. */
export interface TreeTables {
  readonly tree: Tree;
  readonly tables: readonly PatternTable[];
}

/** A tree's leaf masks, and the output that its values are added to. */
export interface TreeMasks extends LeafMasks {
  readonly tree: Tree;
  readonly output: number;
}

export interface TableRun {
  /** Adds up all tables for the rows [start, start + n), n <= blockRows; result: rows x outputs, valid until the next call. */
  run(columns: ModelColumns, start: number, n: number): Float64Array;
}

/** Loads tables and masks into a kernel's memory; null where kernels cannot run or memory is short. */
export function tableRun(
  all: readonly TreeTables[],
  codes: readonly FeatureCode[],
  outputs: number,
  masked: readonly TreeMasks[] = [],
): TableRun | null {
  const module = loadModule();
  if (module === null) return null;
  const plan = planMemory(all, masked, codes.length, outputs);
  const memory = sharedMemory(plan.bytes);
  if (memory === null) return null;
  const kernels = instantiate(module, memory);
  writePrograms(all, masked, codes, plan, memory);
  return runner(codes, outputs, plan, memory, kernels);
}

interface Plan {
  readonly program: number;
  readonly maskProgram: number;
  readonly tables: number;
  readonly leaves: number;
  readonly sets: number;
  readonly thresholds: number;
  readonly values: number;
  readonly codes: number;
  readonly pattern: number;
  readonly planes: number;
  readonly scratch: number;
  readonly sums: number;
  readonly out: number;
  readonly bytes: number;
}

function planMemory(
  all: readonly TreeTables[],
  masked: readonly TreeMasks[],
  features: number,
  outputs: number,
): Plan {
  let words = 1;
  let doubles = 0;
  let sets = 0;
  for (const { tree, tables } of all) {
    for (const { conditions, outputs: own } of tables) {
      words += 2 + conditions.length + own.length * 2;
      for (const steps of conditions) {
        words += 3 * steps.length;
        for (const { node } of steps) if ((tree.decisionType[node]! & 1) === 1) sets++;
      }
      for (const { values } of own) doubles += values.length;
    }
  }
  let maskWords = 1;
  let leaves = 0;
  for (const { tree, masks, values } of masked) {
    maskWords += 4;
    leaves += values.length;
    for (const { node, planes } of masks) {
      maskWords += 4 + 2 * planes.length;
      if ((tree.decisionType[node]! & 1) === 1) sets++;
    }
  }
  let top = 1024;
  const take = (bytes: number): number => {
    const at = top;
    top = Math.ceil((top + bytes) / 64) * 64;
    return at;
  };
  const plan = {
    program: take(words * 4),
    maskProgram: take(maskWords * 4),
    tables: take(doubles * 8),
    leaves: take(leaves * 8),
    sets: take(sets * 256),
    thresholds: take(features * 2048),
    values: take(blockRows * 8),
    codes: take(features * blockRows),
    pattern: take(blockRows * 2),
    planes: take(256),
    scratch: take(128),
    sums: take(outputs * blockRows * 8),
    out: take(outputs * blockRows * 8),
  };
  return { ...plan, bytes: top };
}

/** See runTables in kernels/assembly/tables.ts and runLeafMasks in leaves.ts for the programs' words. */
function writePrograms(
  all: readonly TreeTables[],
  masked: readonly TreeMasks[],
  codes: readonly FeatureCode[],
  plan: Plan,
  memory: SharedMemory,
): void {
  const doubles = new Float64Array(memory.buffer);
  const bytes = new Uint8Array(memory.buffer);
  const ranks = codes.map((code) =>
    code.kind === 'ranked' ? new Map(Array.from(code.thresholds, (t, rank) => [t, rank])) : null,
  );
  codes.forEach((code, f) => {
    const at = plan.thresholds / 8 + f * 256;
    doubles.fill(Infinity, at, at + 256);
    if (code.kind === 'ranked') doubles.set(code.thresholds, at);
  });
  let words = new Int32Array(memory.buffer, plan.program);
  let word = 0;
  let table = plan.tables;
  let set = plan.sets;
  /** Where a decision finds its code, and what it compares it with. */
  const writeDecision = (tree: Tree, node: number, flags: number): void => {
    const feature = tree.splitFeature[node]!;
    words[word++] = feature * blockRows;
    if ((tree.decisionType[node]! & 1) === 1) {
      for (let code = 0; code < 255; code++)
        bytes[set + code] = inSet(tree, tree.threshold[node]!, code) ? 255 : 0;
      words[word++] = set;
      words[word++] = 4 | flags;
      set += 256;
    } else {
      const missing = (tree.decisionType[node]! >> 2) & 3;
      const missingLeft = missing !== 0 && (tree.decisionType[node]! & 2) !== 0 ? 1 : 0;
      words[word++] = ranks[feature]!.get(tree.threshold[node]!)!;
      words[word++] = missingLeft | flags;
    }
  };
  for (const { tree, tables } of all) {
    for (const { conditions, outputs } of tables) {
      words[word++] = conditions.length;
      for (const steps of conditions) {
        words[word++] = steps.length;
        for (const { node, left } of steps) writeDecision(tree, node, left ? 0 : 2);
      }
      words[word++] = outputs.length;
      for (const { output, values } of outputs) {
        words[word++] = output * blockRows * 8;
        words[word++] = table;
        doubles.set(values, table / 8);
        table += values.length * 8;
      }
    }
  }
  words[word] = -1;
  words = new Int32Array(memory.buffer, plan.maskProgram);
  word = 0;
  let leaves = plan.leaves;
  for (const { tree, output, masks, values } of masked) {
    words[word++] = masks.length;
    words[word++] = output * blockRows * 8;
    words[word++] = leaves;
    words[word++] = Math.ceil(values.length / 8);
    doubles.set(values, leaves / 8);
    leaves += values.length * 8;
    for (const { node, planes } of masks) {
      writeDecision(tree, node, 0);
      words[word++] = planes.length;
      for (const { plane, stay } of planes) {
        words[word++] = plane * 64;
        words[word++] = stay;
      }
    }
  }
  words[word] = -1;
}

function runner(
  codes: readonly FeatureCode[],
  outputs: number,
  plan: Plan,
  memory: SharedMemory,
  kernels: Kernels,
): TableRun {
  const values = new Float64Array(memory.buffer, plan.values, blockRows);
  const sums = new Float64Array(memory.buffer, plan.sums, outputs * blockRows);
  const out = new Float64Array(memory.buffer, plan.out, outputs * blockRows);
  return {
    run(columns, start, n) {
      codes.forEach((code, f) => {
        if (code.kind === 'unused') return;
        const column = columns[f]!;
        const target = plan.codes + f * blockRows;
        if (code.kind === 'ranked') {
          copySlice(column, start, n, values);
          kernels.rankBlock(plan.values, n, plan.thresholds + f * 2048, code.missing, target);
          return;
        }
        const bytes = new Uint8Array(memory.buffer, target, n);
        for (let i = 0; i < n; i++) {
          const x = column[start + i]!;
          bytes[i] = x > -1 && x < 255 ? Math.trunc(x) : 255;
        }
      });
      sums.fill(0);
      kernels.runTables(plan.program, plan.codes, n, plan.pattern, plan.sums, plan.scratch);
      kernels.runLeafMasks(plan.maskProgram, plan.codes, n, plan.planes, plan.sums, plan.scratch);
      kernels.transposeSums(plan.sums, outputs, blockRows, n, plan.out, outputs);
      return out.subarray(0, n * outputs);
    },
  };
}

function copySlice(column: ArrayLike<number>, start: number, n: number, target: Float64Array): void {
  if (column instanceof Float64Array || column instanceof Float32Array || column instanceof Int32Array) {
    target.set(column.subarray(start, start + n));
  } else for (let i = 0; i < n; i++) target[i] = column[start + i]!;
}
