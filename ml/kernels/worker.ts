import { parentPort, workerData } from 'node:worker_threads';
import type { BinMapper } from '../binning/bin-mapper.ts';
import { type GrowCommand, growShared } from './grow-shared.ts';
import type { Layout } from './layout.ts';
import { failedWord, type ThreadContext, threadBarrier } from './shared-engine.ts';
import { instantiate, type SharedMemory, type WasmModule } from './wasm.ts';

/** What a trainer's worker is started with. */
export interface WorkerSetup {
  readonly module: WasmModule;
  readonly memory: SharedMemory;
  readonly layout: Layout;
  readonly rows: number;
  readonly mappers: readonly BinMapper[];
  readonly used: Int32Array;
  readonly thread: number;
  readonly threads: number;
}

const setup = workerData as WorkerSetup;
const context: ThreadContext = {
  ...setup,
  kernels: instantiate(setup.module, setup.memory),
  barrier: threadBarrier(setup.memory, setup.layout, setup.threads),
};

parentPort?.on('message', (command: GrowCommand) => {
  try {
    const result = growShared(context, command);
    if (context.thread === 0) parentPort?.postMessage(result);
  } catch (error) {
    const words = new Int32Array(setup.memory.buffer, setup.layout.control + failedWord * 4, 1);
    Atomics.store(words, 0, 1);
    throw error;
  }
});
