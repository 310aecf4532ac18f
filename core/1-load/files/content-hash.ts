import { createHash } from 'node:crypto';

/** A file's content by name: the first 128 bits of its SHA-256, in hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
