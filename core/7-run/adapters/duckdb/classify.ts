import { EngineError, type EngineErrorInfo, type EngineErrorKind } from '../engine-error.ts';

interface Parsed {
  readonly type: string;
  readonly message: string;
  readonly bytePosition?: number;
}

/**
 * DuckDB's exceptions as engine errors. Sessions run with `errors_as_json`; errors of opening come as text.
 *
 * @param sql the statement that failed, to turn DuckDB's byte position into a UTF-16 offset
 */
export function classifyDuckDbError(thrown: unknown, sql?: string): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const parsed = parse(thrown instanceof Error ? thrown.message : String(thrown));
  const { message } = parsed;
  const info: EngineErrorInfo = {
    kind: kindOf(parsed),
    message: firstParagraph(message),
    position: parsed.bytePosition === undefined ? undefined : utf16Offset(sql ?? '', parsed.bytePosition),
    pid: numberIn(/\(PID (\d+)\)/, message),
    ...fileAndLine(message),
    fatal: parsed.type === 'FATAL' || /database has been invalidated/i.test(message),
  };
  return new EngineError(info);
}

/** First match wins: DuckDB's exception types are broad, so its wording decides within IO errors. */
const kinds: readonly (readonly [EngineErrorKind, RegExp])[] = [
  ['interrupted', /^INTERRUPT|Interrupted!/],
  ['conflict', /write-write conflict|Conflict on (update|tuple deletion|delete)/i],
  ['locked', /Could not set lock on file|Conflicting lock is held/i],
  ['disk-full', /No space left on device|disk full|ENOSPC|max_temp_directory_size/i],
  ['permission', /Permission denied|Read-only file system|EACCES|EROFS|attached in read-only mode/i],
  [
    'corrupt',
    /not a valid DuckDB database file|Corrupt|checksum .* does not match|Failure while replaying WAL|version number \d+/i,
  ],
  ['out-of-memory', /^Out of Memory|OutOfMemory|bad_alloc|Cannot allocate memory/i],
  ['missing-file', /No files found that match|Cannot open file .*No such file/i],
  [
    'broken-file',
    /CSV Error on Line|Error when sniffing file|Malformed JSON|is not a Parquet file|No magic bytes|to be a Parquet file|Invalid unicode/i,
  ],
  ['option', /options were not recognized|unrecognized configuration parameter|Could not convert option/i],
  ['fatal', /^(FATAL|INTERNAL)/],
];

function kindOf(parsed: Parsed): EngineErrorKind {
  const text = `${parsed.type}: ${parsed.message}`;
  return kinds.find(([, pattern]) => pattern.test(text))?.[0] ?? 'statement';
}

function parse(text: string): Parsed {
  // Syntax errors come with the exception's name before the JSON.
  const start = text.indexOf('{"exception_type"');
  if (start !== -1) {
    try {
      const json = JSON.parse(text.slice(start)) as Record<string, string | undefined>;
      const position = json.position === undefined ? undefined : Number(json.position);
      return {
        type: json.exception_type ?? '',
        message: json.exception_message ?? text,
        bytePosition: position,
      };
    } catch {
      // Not JSON after all: read it as text.
    }
  }
  const match = /^(.*?) Error: ([\s\S]*)$/.exec(text);
  return match === null ? { type: '', message: text } : { type: match[1] ?? '', message: match[2] ?? '' };
}

/** DuckDB appends advice and a copy of the statement after a blank line; diagnostics carry their own. */
function firstParagraph(message: string): string {
  const end = message.search(/\n\s*\n|\nLINE \d+:/);
  return (end === -1 ? message : message.slice(0, end)).trim();
}

function utf16Offset(sql: string, byteOffset: number): number | undefined {
  if (byteOffset > sql.length * 3) return undefined; // DuckDB's "unknown" is a huge number
  return Buffer.from(sql, 'utf8').subarray(0, byteOffset).toString('utf8').length;
}

function fileAndLine(message: string): { file?: string; line?: number } {
  const file =
    /^\s*file ?= ?(.+?)\s*$/m.exec(message)?.[1] ??
    /(?:CSV file|sniffing file|file) "([^"]+)"/i.exec(message)?.[1];
  return { file, line: numberIn(/(?:on|at|in) line:? (\d+)/i, message) };
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
