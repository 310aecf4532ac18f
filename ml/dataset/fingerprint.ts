import { createHash } from 'node:crypto';
import type { Dataset } from './dataset.ts';

/** SHA-256 (hex) of names, kinds, values, labels and weights: what a run records as its data. */
export function fingerprint(data: Dataset): string {
  const hash = createHash('sha256');
  const add = (name: string, values: ArrayBufferView | undefined): void => {
    hash.update(`${name}:${values === undefined ? 'none' : values.byteLength};`);
    if (values !== undefined)
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  };
  hash.update(`rows:${data.rows};`);
  for (const column of data.features) {
    if (column.kind === 'numeric') add(`numeric ${column.name}`, column.values);
    else add(`categorical ${column.name} ${JSON.stringify(column.dictionary)}`, column.codes);
  }
  add('label', data.label);
  add('weight', data.weight);
  add('initScore', data.initScore);
  add('predictionTime', data.predictionTime);
  add('labelKnownAt', data.labelKnownAt);
  return hash.digest('hex');
}
