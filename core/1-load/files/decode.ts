import { isUtf8 } from 'node:buffer';
import { type Diagnostic, LineIndex, reportLoad } from '../../diagnostics/index.ts';
import type { SourceText } from '../project.ts';
import { hashOf } from './content-hash.ts';

/** Bytes to text: UTF-8 only, a byte-order mark dropped. What is not text is reported where it begins. */
export function decode(
  path: string,
  bytes: Buffer,
): { readonly file: SourceText; readonly diagnostics: readonly Diagnostic[] } {
  const hash = hashOf(bytes);
  const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  const encoding = otherEncoding(body);
  if (encoding === undefined && isUtf8(body)) {
    const text = body.toString('utf8');
    const nul = text.indexOf('\0');
    const file = Object.freeze({ path, text, hash });
    if (nul === -1) return { file, diagnostics: [] };
    return { file, diagnostics: [problem(file, nul, 'it holds a NUL character')] };
  }
  const text = body.toString('utf8');
  const at = encoding === undefined ? firstInvalid(body) : 0;
  const byte = (body[at] ?? 0).toString(16).padStart(2, '0');
  const file = Object.freeze({ path, text, hash });
  const offset = body.subarray(0, at).toString('utf8').length;
  return {
    file,
    diagnostics: [problem(file, offset, `byte 0x${byte} at offset ${at} begins no character`, encoding)],
  };
}

function problem(file: SourceText, offset: number, what: string, encoding?: string): Diagnostic {
  const span = new LineIndex(file.text).span(file.path, offset, offset + 1);
  return reportLoad('CH107', { path: file.path, what, encoding: encoding ?? guess(what) }, { span });
}

function guess(what: string): string | undefined {
  return what.startsWith('byte') ? 'Latin-1 or Windows-1252' : undefined;
}

function otherEncoding(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 (little endian)';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 (big endian)';
  return undefined;
}

/** Offset of the first byte that begins no character. Runs only on files known to be broken. */
function firstInvalid(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] as number;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length > 1 && !isUtf8(bytes.subarray(at, at + length))) return at;
    at += length;
  }
  return at;
}
