import { raise } from '../error.ts';
import { integer, text } from '../filters/filter.ts';
import { concatText, stripText, transformText } from '../segments.ts';
import { braceFormat } from '../values/brace-format.ts';
import { iterate, textOf } from '../values/compare.ts';
import { typeName } from '../values/show.ts';
import { replaceFirst, titleCase } from '../values/text.ts';
import { type Dict, type MappedText, Tuple, type Value } from '../values/value.ts';
import type { Method } from './method.ts';

const str = (self: Value): string => textOf(self) as string;
const keep = (self: Value) => self as string | MappedText;
const chars = (value: Value | undefined) => (value === undefined || value === null ? undefined : text(value));

const change = (transform: (all: string) => string): Method => ({
  parameters: [],
  body: (self) => transformText(keep(self), transform),
});
const matches = (pattern: RegExp): Method => ({ parameters: [], body: (self) => pattern.test(str(self)) });
const strip = (sides: 'both' | 'left' | 'right'): Method => ({
  parameters: ['chars?'],
  body: (self, [set]) => stripText(keep(self), chars(set), sides),
});
const find = (from: 'first' | 'last', missing: 'fail' | -1): Method => ({
  parameters: ['sub', 'start?', 'end?'],
  body: (self, [sub, start, end]) => {
    const all = str(self).slice(0, integer(end, str(self).length));
    const wanted = text(sub);
    const at = from === 'first' ? all.indexOf(wanted, integer(start, 0)) : all.lastIndexOf(wanted);
    return at === -1 && missing === 'fail'
      ? raise('CH204', { problem: `\`${wanted}\` is not in the string` })
      : at;
  },
});
const pad = (side: 'left' | 'right' | 'both'): Method => ({
  parameters: ['width', 'fillchar?'],
  body: (self, [width, fill]) => {
    const all = str(self);
    const size = integer(width, 0);
    const filler = text(fill, ' ');
    if (side === 'right') return all.padEnd(size, filler);
    if (side === 'left') return all.padStart(size, filler);
    const missing = Math.max(0, size - all.length);
    return all.padStart(all.length + (missing >> 1), filler).padEnd(size, filler);
  },
});
const affix = (test: (all: string, part: string) => boolean): Method => ({
  parameters: ['prefix'],
  body: (self, [part]) =>
    Array.isArray(part) ? part.some((one) => test(str(self), text(one))) : test(str(self), text(part)),
});

/** Methods of Python's `str`. */
export const stringMethods: Readonly<Record<string, Method>> = {
  upper: change((all) => all.toUpperCase()),
  lower: change((all) => all.toLowerCase()),
  casefold: change((all) => all.toLowerCase()),
  title: change(titleCase),
  capitalize: change((all) => all.slice(0, 1).toUpperCase() + all.slice(1).toLowerCase()),
  swapcase: change((all) =>
    [...all].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join(''),
  ),
  strip: strip('both'),
  lstrip: strip('left'),
  rstrip: strip('right'),
  find: find('first', -1),
  rfind: find('last', -1),
  index: find('first', 'fail'),
  rindex: find('last', 'fail'),
  ljust: pad('right'),
  rjust: pad('left'),
  center: pad('both'),
  zfill: {
    parameters: ['width'],
    body: (self, [width]) => {
      const [, sign, digits] = /^([-+]?)(.*)$/s.exec(str(self)) as unknown as [string, string, string];
      return sign + digits.padStart(integer(width, 0) - sign.length, '0');
    },
  },
  startswith: affix((all, part) => all.startsWith(part)),
  endswith: affix((all, part) => all.endsWith(part)),
  removeprefix: {
    parameters: ['prefix'],
    body: (self, [part]) =>
      str(self).startsWith(text(part)) ? str(self).slice(text(part).length) : keep(self),
  },
  removesuffix: {
    parameters: ['suffix'],
    body: (self, [part]) =>
      text(part) !== '' && str(self).endsWith(text(part))
        ? str(self).slice(0, -text(part).length)
        : keep(self),
  },
  replace: {
    parameters: ['old', 'new', 'count?'],
    body: (self, [old, by, count]) =>
      count === undefined
        ? str(self).split(text(old)).join(text(by))
        : replaceFirst(str(self), text(old), text(by), integer(count, -1)),
  },
  count: { parameters: ['sub'], body: (self, [sub]) => str(self).split(text(sub)).length - 1 },
  join: {
    parameters: ['iterable'],
    body: (self, [items]) => {
      const parts: (string | MappedText)[] = [];
      for (const item of iterate(items as Value)) {
        if (textOf(item) === undefined)
          raise('CH204', { problem: `\`join\` needs strings, not ${typeName(item)}` });
        if (parts.length > 0) parts.push(keep(self));
        parts.push(item as string | MappedText);
      }
      return concatText(parts);
    },
  },
  split: {
    parameters: ['sep?', 'maxsplit?'],
    body: (self, [sep, max]) => split(str(self), chars(sep), integer(max, -1)),
  },
  rsplit: {
    parameters: ['sep?', 'maxsplit?'],
    body: (self, [sep, max]) => splitRight(str(self), chars(sep), integer(max, -1)),
  },
  splitlines: {
    parameters: ['keepends?'],
    body: (self) => {
      const lines = str(self).split(/\r\n|\r|\n/);
      return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
    },
  },
  partition: {
    parameters: ['sep'],
    body: (self, [sep]) => {
      const at = str(self).indexOf(text(sep));
      return at === -1
        ? Tuple.of2(str(self), '', '')
        : Tuple.of2(str(self).slice(0, at), text(sep), str(self).slice(at + text(sep).length));
    },
  },
  rpartition: {
    parameters: ['sep'],
    body: (self, [sep]) => {
      const at = str(self).lastIndexOf(text(sep));
      return at === -1
        ? Tuple.of2('', '', str(self))
        : Tuple.of2(str(self).slice(0, at), text(sep), str(self).slice(at + text(sep).length));
    },
  },
  format: {
    parameters: ['*args', '**kwargs'],
    body: (self, [args, kwargs]) => braceFormat(str(self), args as Value[], kwargs as Dict),
  },
  isdigit: matches(/^\d+$/),
  isnumeric: matches(/^\p{N}+$/u),
  isdecimal: matches(/^\p{Nd}+$/u),
  isalpha: matches(/^\p{L}+$/u),
  isalnum: matches(/^[\p{L}\p{N}]+$/u),
  isspace: matches(/^\s+$/),
  isidentifier: matches(/^[\p{L}_][\p{L}\p{N}_]*$/u),
  isupper: {
    parameters: [],
    body: (self) => str(self) === str(self).toUpperCase() && str(self) !== str(self).toLowerCase(),
  },
  islower: {
    parameters: [],
    body: (self) => str(self) === str(self).toLowerCase() && str(self) !== str(self).toUpperCase(),
  },
};

function split(all: string, separator: string | undefined, max: number): string[] {
  if (separator === '') return raise('CH204', { problem: 'the separator of `split` is empty' });
  if (separator === undefined) {
    const words = all.trim() === '' ? [] : all.trim().split(/\s+/);
    if (max < 0 || words.length <= max) return words;
    const head = words.slice(0, max);
    let rest = all.trimStart();
    for (const word of head) rest = rest.slice(word.length).trimStart();
    return [...head, rest];
  }
  const parts = all.split(separator);
  return max < 0 || parts.length <= max + 1
    ? parts
    : [...parts.slice(0, max), parts.slice(max).join(separator)];
}

function splitRight(all: string, separator: string | undefined, max: number): string[] {
  const parts = split(all, separator, -1);
  if (max < 0 || parts.length <= max + 1) return parts;
  const tail = max === 0 ? [] : parts.slice(-max);
  const head = parts.slice(0, parts.length - max).join(separator ?? ' ');
  return [head, ...tail];
}
