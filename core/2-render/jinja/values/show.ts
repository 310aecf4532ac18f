import { Dict, Float, MappedText, PyObject, PySet, Tuple, Undefined, type Value } from './value.ts';

/** What error messages call a value: `a string`, `a list`. */
export function typeName(value: Value): string {
  if (value === null) return 'none';
  switch (typeof value) {
    case 'string':
      return 'a string';
    case 'number':
    case 'bigint':
      return 'an integer';
    case 'boolean':
      return 'a boolean';
    default:
  }
  if (value instanceof MappedText) return 'a string';
  if (value instanceof Float) return 'a float';
  if (value instanceof Tuple) return 'a tuple';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Dict) return 'a dict';
  if (value instanceof PySet) return 'a set';
  if (value instanceof Undefined) return 'an undefined value';
  return `a ${(value as PyObject).typeName}`;
}

/** Python's `str()`: what printing the value writes. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value instanceof MappedText) return value.text;
  if (value instanceof Undefined) return value.silent ? '' : value.fail();
  return repr(value);
}

/** Python's `repr()`: strings quoted, containers by their items. */
export function repr(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof MappedText) return quote(value.text);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Tuple)
    return value.length === 1 ? `(${repr(value[0] as Value)},)` : `(${list(value)})`;
  if (Array.isArray(value)) return `[${list(value)}]`;
  if (value instanceof Dict) {
    return `{${[...value.entries].map(([key, item]) => `${repr(key)}: ${repr(item)}`).join(', ')}}`;
  }
  if (value instanceof PySet) return value.items.size === 0 ? 'set()' : `{${list([...value.items])}}`;
  if (value instanceof PyObject) return value.toText();
  if (value instanceof Undefined) return 'Undefined';
  return toText(value);
}

function list(items: readonly Value[]): string {
  return Array.from(items, repr).join(', ');
}

function quote(text: string): string {
  if (/^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/.test(text)) return `'${text}'`;
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Python escapes exactly these
    .replace(/[\x00-\x1f\x7f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return mark + (mark === "'" ? body.replaceAll("'", "\\'") : body) + mark;
}

/** Python's shortest text of a float: `1.0`, `1e-05`, `1e+16`, `inf`, `nan`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  const plain = String(value);
  return plain.includes('.') || plain.includes('e') ? expand(plain, exponent, mantissa) : `${plain}.0`;
}

/** JavaScript writes 0.00001 as 1e-5, Python from 0.0001 down only. */
function expand(plain: string, exponent: number, mantissa: string): string {
  if (!plain.includes('e')) return plain;
  const negative = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  return `${negative}0.${'0'.repeat(-exponent - 1)}${digits}`;
}
