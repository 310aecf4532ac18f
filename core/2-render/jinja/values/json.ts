import { raise } from '../error.ts';
import { floatText, toText, typeName } from './show.ts';
import { Dict, Float, MappedText, PyObject, PySet, Undefined, type Value } from './value.ts';

/** Python's `json.dumps`: `, ` and `: ` between items unless indented. */
export function toJson(
  value: Value,
  options: { indent?: number; sortKeys?: boolean } = {},
  depth = 0,
): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
    return String(value);
  if (typeof value === 'string') return quote(value);
  if (value instanceof MappedText) return quote(value.text);
  if (value instanceof Float) {
    if (Number.isNaN(value.value)) return 'NaN';
    return Number.isFinite(value.value) ? floatText(value.value) : value.value < 0 ? '-Infinity' : 'Infinity';
  }
  if (Array.isArray(value))
    return wrap(
      '[',
      ']',
      Array.from(value, (item) => toJson(item, options, depth + 1)),
      options,
      depth,
    );
  if (value instanceof Dict) {
    const entries = [...value.entries];
    if (options.sortKeys) entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    const parts = entries.map(
      ([key, item]) => `${quote(key === null ? 'null' : toText(key))}: ${toJson(item, options, depth + 1)}`,
    );
    return wrap('{', '}', parts, options, depth);
  }
  if (value instanceof Undefined) return value.fail();
  if (value instanceof PySet || value instanceof PyObject) {
    return raise('CH204', { problem: `${typeName(value)} cannot be written as JSON` });
  }
  return value;
}

function quote(text: string): string {
  // Python escapes everything outside ASCII by default.
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function wrap(
  open: string,
  close: string,
  parts: readonly string[],
  options: { indent?: number },
  depth: number,
): string {
  if (parts.length === 0) return open + close;
  if (options.indent === undefined) return open + parts.join(', ') + close;
  const inner = ' '.repeat(options.indent * (depth + 1));
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${' '.repeat(options.indent * depth)}${close}`;
}

/** JavaScript data (parsed JSON or YAML, a ConfigValue) as template values; whole numbers are integers. */
export function fromData(data: unknown): Value {
  if (data === null || data === undefined) return null;
  if (typeof data === 'string' || typeof data === 'boolean' || typeof data === 'bigint') return data;
  if (typeof data === 'number') return Number.isSafeInteger(data) ? data : new Float(data);
  if (Array.isArray(data)) return data.map(fromData);
  if (data instanceof Date) return data.toISOString();
  if (data instanceof Map)
    return new Dict(new Map([...data].map(([key, value]) => [key as string, fromData(value)])));
  return new Dict(
    new Map(Object.entries(data as Record<string, unknown>).map(([key, value]) => [key, fromData(value)])),
  );
}

/** A template value as plain data; undefined when it is nothing that configuration can hold. */
export function toData(value: Value): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof MappedText) return value.text;
  if (value instanceof Float) return value.value;
  if (Array.isArray(value)) return Array.from(value, toData);
  if (value instanceof Dict)
    return Object.fromEntries([...value.entries].map(([key, item]) => [toText(key), toData(item)]));
  if (value instanceof PySet) return [...value.items];
  if (value instanceof Undefined) return value.fail();
  return toText(value);
}
