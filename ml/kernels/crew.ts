import { Worker } from 'node:worker_threads';
import type { BinMappers } from '../binning/binned.ts';
import { MlError } from '../error.ts';
import type { GrownTree } from '../growing/grown-tree.ts';
import { type GrowCommand, growShared } from './grow-shared.ts';
import type { Layout } from './layout.ts';
import { threadContext, type WorkerSetup } from './thread-context.ts';
import { builtFile, type SharedMemory, type WasmModule } from './wasm.ts';

/** The threads that grow trees together: this one alone, or workers while this one stays free. */
export interface Crew {
  /** Orders a tree. Orders may be given before earlier ones are done, and are carried out one after the other. */
  grow(command: GrowCommand): Promise<GrownTree>;
  close(): Promise<void>;
}

export interface CrewSetup {
  readonly module: WasmModule;
  readonly memory: SharedMemory;
  readonly layout: Layout;
  readonly rows: number;
  readonly mappers: BinMappers;
  readonly used: Int32Array;
  readonly threads: number;
}

export function crew(setup: CrewSetup): Crew {
  const file = setup.threads > 1 ? builtFile('worker.js') : null;
  return file === null ? alone(setup) : workers(setup, file);
}

function alone(setup: CrewSetup): Crew {
  const context = threadContext({ ...setup, threads: 1, thread: 0 });
  return {
    grow: async (command) => growShared(context, command),
    close: async () => {},
  };
}

function workers(setup: CrewSetup, file: string): Crew {
  let failure: MlError | null = null;
  const pending: { resolve: (result: GrownTree) => void; reject: (error: MlError) => void }[] = [];
  const fail = (why: string): void => {
    failure ??= new MlError('CH815', `A training worker failed: ${why}.`, 'Use fewer threads or fewer rows.');
    for (const { reject } of pending.splice(0)) reject(failure);
    for (const worker of all) void worker.terminate();
  };
  const all = Array.from({ length: setup.threads }, (_, thread) => {
    const workerData: WorkerSetup = { ...setup, thread };
    const worker = new Worker(file, { workerData });
    worker.on('message', (result: GrownTree) => {
      const first = pending.shift();
      if (pending.length === 0) all[0]!.unref();
      first?.resolve(result);
    });
    worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => {
      if (code !== 0) fail(`it ended with code ${code}`);
    });
    worker.unref();
    return worker;
  });
  return {
    grow(command) {
      if (failure !== null) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        // A reference while there is work, so that the process does not end in its middle.
        all[0]!.ref();
        pending.push({ resolve, reject });
        for (const worker of all) worker.postMessage(command);
      });
    },
    async close() {
      failure ??= new MlError('CH815', 'The training has ended.');
      pending.length = 0;
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}
