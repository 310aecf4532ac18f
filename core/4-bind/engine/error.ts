/** What DuckDB says is wrong with a statement. */
export interface EngineError {
  /** `Parser`, `Binder`, `Catalog`, `IO`, ... */
  readonly kind: string;
  readonly message: string;
  /** Offset in the statement, in UTF-8 bytes; undefined where DuckDB gives none. */
  readonly position?: number;
  readonly candidates?: readonly string[];
  readonly subtype?: string;
  /** The name that was not found, and of what (`Table`, `Scalar Function`, ...). */
  readonly name?: string;
  readonly entry?: string;
}

/** Positions from here on are DuckDB's "unknown" (2^64-1) or cannot lie in a statement. */
const unknownPosition = 2 ** 40;

/** Reads an error raised under `errors_as_json`: JSON, sometimes behind `Parser Error: `. */
export function parseEngineError(text: string): EngineError {
  const start = text.indexOf('{');
  const fields = start === -1 ? undefined : parseRecord(text.slice(start));
  if (fields?.exception_message === undefined) {
    const [, kind = 'Unknown', message = text] = /^(\w[\w ]*?) Error: ([\s\S]*)$/.exec(text) ?? [];
    return { kind, message };
  }
  const position = fields.position === undefined ? Number.NaN : Number(fields.position);
  return {
    kind: fields.exception_type ?? 'Unknown',
    message: fields.exception_message,
    position: position >= 0 && position < unknownPosition ? position : undefined,
    candidates: fields.candidates?.split(',').map((candidate) => candidate.trim()),
    subtype: fields.error_subtype,
    name: fields.name,
    entry: fields.type,
  };
}

function parseRecord(text: string): Readonly<Record<string, string | undefined>> | undefined {
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    return undefined;
  }
}
