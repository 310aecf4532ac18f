/** DuckDB serialised something this decoder has not been taught. Never ignored: the SQL's meaning would be guessed. */
export class UnknownShape extends Error {
  constructor(
    readonly what: string,
    readonly path: string,
  ) {
    super(`unknown shape in DuckDB's serialised SQL: ${what} at ${path}`);
    this.name = 'UnknownShape';
  }
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Parses serialised SQL without losing digits: integers beyond 2^53 become strings.
 * `query_location` may be 2^64-1, which means that there is none.
 */
export function parseSerialised(text: string): Json {
  return JSON.parse(
    text.replace(/("(?:value|upper|lower|query_location)":\s*)(-?\d{16,})(?![\d.eE])/g, '$1"$2"'),
  ) as Json;
}

/**
 * One JSON object being decoded. Every key must be read or named as ignored before `done`, so that a field
 * added by another DuckDB version is noticed.
 */
export class Shape {
  readonly #object: { readonly [key: string]: Json };
  readonly #unread: Set<string>;

  constructor(
    value: Json | undefined,
    readonly path: string,
  ) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw new UnknownShape(`expected an object, found ${JSON.stringify(value)}`, path);
    }
    this.#object = value as { readonly [key: string]: Json };
    this.#unread = new Set(Object.keys(value));
  }

  raw(key: string): Json | undefined {
    this.#unread.delete(key);
    return this.#object[key];
  }

  string(key: string): string {
    const value = this.raw(key);
    if (typeof value !== 'string') throw this.unexpected(key, value);
    return value;
  }

  /** Empty strings stand for absent names. */
  name(key: string): string | undefined {
    return this.string(key) || undefined;
  }

  boolean(key: string): boolean {
    const value = this.raw(key);
    if (typeof value !== 'boolean') throw this.unexpected(key, value);
    return value;
  }

  number(key: string): number {
    const value = this.raw(key);
    if (typeof value !== 'number') throw this.unexpected(key, value);
    return value;
  }

  list<T>(key: string, decode: (item: Json, path: string) => T): T[] {
    const value = this.raw(key) ?? [];
    if (!Array.isArray(value)) throw this.unexpected(key, value);
    return value.map((item: Json, index) => decode(item, `${this.path}.${key}[${index}]`));
  }

  strings(key: string): string[] {
    return this.list(key, (item) => {
      if (typeof item !== 'string') throw this.unexpected(key, item);
      return item;
    });
  }

  object<T>(key: string, decode: (item: Json, path: string) => T): T {
    return decode(this.raw(key) ?? null, `${this.path}.${key}`);
  }

  optional<T>(key: string, decode: (item: Json, path: string) => T): T | undefined {
    const value = this.raw(key);
    return value === undefined || value === null ? undefined : decode(value, `${this.path}.${key}`);
  }

  oneOf<T>(key: string, table: Readonly<Record<string, T>>): T {
    const value = this.string(key);
    if (!Object.hasOwn(table, value)) throw this.unexpected(key, value);
    return table[value] as T;
  }

  /** Names keys whose content cannot change the SQL's meaning. */
  ignore(...keys: readonly string[]): void {
    for (const key of keys) this.#unread.delete(key);
  }

  /** Requires a key to hold the one value that is understood. */
  require(key: string, expected: Json): void {
    const value = this.raw(key);
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(expected))
      throw this.unexpected(key, value);
  }

  /** The offset in the SQL, where the parser kept one. */
  location(): { readonly at?: number } {
    const value = this.raw('query_location');
    return typeof value === 'number' ? { at: value } : {};
  }

  done(): void {
    if (this.#unread.size > 0)
      throw new UnknownShape(`unread keys ${[...this.#unread].join(', ')}`, this.path);
  }

  unexpected(key: string, value: Json | undefined): UnknownShape {
    return new UnknownShape(`${key} = ${JSON.stringify(value)}`, this.path);
  }
}
