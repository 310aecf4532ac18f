import type { CrewSetup } from './crew.ts';
import { histogramKernel } from './histogram-kernel.ts';
import { cellsOf } from './layout.ts';
import { type ThreadContext, threadBarrier } from './shared-engine.ts';
import { instantiate } from './wasm.ts';

/** What a thread of a trainer is started with; plain data, for workers. */
export interface WorkerSetup extends CrewSetup {
  readonly thread: number;
}

/** Everything a thread needs, made in that thread. */
export function threadContext(setup: WorkerSetup): ThreadContext {
  const { module, memory, layout, mappers, used, thread, threads } = setup;
  const partial = layout.partial + thread * layout.histogramBytes;
  return {
    ...setup,
    cells: cellsOf(mappers, used),
    kernels: instantiate(module, memory),
    histogram: histogramKernel(memory, partial, layout.offsets, layout.stride),
    barrier: threadBarrier(memory, layout, threads),
  };
}
