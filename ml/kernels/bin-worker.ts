import { parentPort, workerData } from 'node:worker_threads';
import { columnBinner } from '../binning/binned.ts';
import type { BinnerSetup, BinOrder } from './bin-crew.ts';

const { rows, sample, params } = workerData as BinnerSetup;
const bin = columnBinner(rows, sample, params);

parentPort?.on('message', ({ column, feature }: BinOrder) => {
  const { mapper, bins } = bin(column);
  parentPort?.postMessage({ feature, mapper, bins }, [bins.buffer as ArrayBuffer]);
});
