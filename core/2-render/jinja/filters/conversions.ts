import { attributeOf } from '../access.ts';
import { raise } from '../error.ts';
import { textOf, truthy } from '../values/compare.ts';
import { toJson } from '../values/json.ts';
import { toText } from '../values/show.ts';
import { Float, Undefined, type Value } from '../values/value.ts';
import { type Filters, text } from './filter.ts';
import { toFloat, toInteger } from './numbers.ts';

/** Filters between types, `default`, and dbt's `as_*`. */
export const conversionFilters: Filters = {
  default: {
    parameters: ['default_value?', 'boolean?'],
    takesUndefined: true,
    body: (input, [fallback, boolean]) => withDefault(input, fallback, boolean),
  },
  d: {
    parameters: ['default_value?', 'boolean?'],
    takesUndefined: true,
    body: (input, [fallback, boolean]) => withDefault(input, fallback, boolean),
  },
  string: { parameters: [], body: (input) => (textOf(input) === undefined ? toText(input) : input) },
  tojson: {
    parameters: ['indent?'],
    body: (input, [indent]) => toJson(input, typeof indent === 'number' ? { indent } : {}),
  },
  pprint: { parameters: ['verbose?'], body: (input) => toText(input) },
  attr: { parameters: ['name'], body: (input, [name]) => attributeOf(input, text(name)) },
  as_text: { parameters: [], body: (input) => input },
  as_native: { parameters: [], body: (input) => parseNative(input) },
  as_bool: {
    parameters: [],
    body: (input) => {
      const value = parseNative(input);
      return typeof value === 'boolean'
        ? value
        : raise('CH204', { problem: `\`${toText(input)}\` is not a boolean` });
    },
  },
  as_number: {
    parameters: [],
    body: (input) => {
      const value = parseNative(input);
      if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Float) return value;
      return raise('CH204', { problem: `\`${toText(input)}\` is not a number` });
    },
  },
};

function withDefault(input: Value, fallback: Value | undefined, boolean: Value | undefined): Value {
  const otherwise = fallback === undefined ? '' : fallback;
  if (input instanceof Undefined) return otherwise;
  return truthy(boolean ?? false) && !truthy(input) ? otherwise : input;
}

/** Text that spells a Python number, boolean or None, as that value. */
function parseNative(input: Value): Value {
  const all = textOf(input)?.trim();
  if (all === undefined) return input;
  if (/^(true|false)$/i.test(all)) return all.toLowerCase() === 'true';
  if (all === 'None') return null;
  if (/^[-+]?\d[\d_]*$/.test(all)) return toInteger(all) ?? input;
  const float = /\d/.test(all) ? toFloat(all) : undefined;
  return float === undefined ? input : new Float(float);
}
