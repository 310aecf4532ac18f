import { parentPort, workerData } from 'node:worker_threads';
import { type GrowCommand, growShared } from './grow-shared.ts';
import { failedWord } from './shared-engine.ts';
import { threadContext, type WorkerSetup } from './thread-context.ts';

const setup = workerData as WorkerSetup;
const context = threadContext(setup);

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
