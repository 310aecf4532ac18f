import { createHash } from 'node:crypto';

/** A column as it was read: its values' bytes, or its texts. */
export interface FingerprintColumn {
  readonly name: string;
  readonly type: string;
  readonly values: ArrayBufferView | readonly (string | null)[];
}

/** What a run was trained on: enough to notice that the data is not the same any more. */
export interface DataFingerprint {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly hash: string }[];
  readonly hash: string;
}

/** Hashes each column's values in row order, and all of them together. */
export function fingerprint(rows: number, columns: readonly FingerprintColumn[]): DataFingerprint {
  const hashed = columns.map(({ name, type, values }) => {
    const hash = createHash('sha256');
    if (ArrayBuffer.isView(values)) hash.update(values);
    else for (const value of values) hash.update(value === null ? '\u0001' : `\u0002${value}`);
    return { name, type, hash: hash.digest('hex').slice(0, 16) };
  });
  const whole = createHash('sha256').update(JSON.stringify([rows, hashed]));
  return { rows, columns: hashed, hash: whole.digest('hex').slice(0, 16) };
}
