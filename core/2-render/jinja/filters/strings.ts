import { raise } from '../error.ts';
import { stripText, transformText } from '../segments.ts';
import { iterate, textOf, truthy } from '../values/compare.ts';
import { percentFormat } from '../values/percent-format.ts';
import { toText } from '../values/show.ts';
import { replaceFirst, titleCase } from '../values/text.ts';
import { Dict, MappedText, Tuple, type Value } from '../values/value.ts';
import { type Filters, integer, text } from './filter.ts';

const asText = (value: Value): string | MappedText => (value instanceof MappedText ? value : toText(value));

/** Filters of text. Jinja's turn their input into text first. Escaping is the identity: SQL is not HTML. */
export const stringFilters: Filters = {
  upper: { parameters: [], body: (input) => transformText(asText(input), (all) => all.toUpperCase()) },
  lower: { parameters: [], body: (input) => transformText(asText(input), (all) => all.toLowerCase()) },
  title: { parameters: [], body: (input) => transformText(asText(input), titleCase) },
  capitalize: {
    parameters: [],
    body: (input) =>
      transformText(asText(input), (all) => all.slice(0, 1).toUpperCase() + all.slice(1).toLowerCase()),
  },
  trim: {
    parameters: ['chars?'],
    body: (input, [chars]) =>
      stripText(asText(input), chars === undefined || chars === null ? undefined : text(chars), 'both'),
  },
  replace: {
    parameters: ['old', 'new', 'count?'],
    body: (input, [old, replacement, count]) => {
      const all = toText(input);
      const wanted = toText(old as Value);
      const by = toText(replacement as Value);
      if (count === undefined || count === null) return all.split(wanted === '' ? '' : wanted).join(by);
      return replaceFirst(all, wanted, by, integer(count, 0));
    },
  },
  format: {
    parameters: ['*args', '**kwargs'],
    body: (input, [args, kwargs]) => {
      const named = kwargs as Dict;
      const positional = args as Value[];
      if (named.entries.size > 0 && positional.length > 0) {
        return raise('CH204', { problem: '`format` takes positional or keyword arguments, not both' });
      }
      return percentFormat(toText(input), named.entries.size > 0 ? named : Tuple.of2(...positional));
    },
  },
  indent: {
    parameters: ['width?', 'first?', 'blank?'],
    body: (input, [width, first, blank]) => {
      const by = width === undefined ? '    ' : (textOf(width) ?? ' '.repeat(integer(width, 4)));
      const lines = toText(input).split('\n');
      const out = lines.map((line, i) => {
        if (i === 0) return truthy(first ?? false) ? by + line : line;
        return line === '' && !truthy(blank ?? false) ? line : by + line;
      });
      return out.join('\n');
    },
  },
  wordcount: { parameters: [], body: (input) => toText(input).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0 },
  wordwrap: {
    parameters: ['width?', 'break_long_words?', 'wrapstring?'],
    body: (input, [width, , wrapstring]) => wrap(toText(input), integer(width, 79), text(wrapstring, '\n')),
  },
  center: {
    parameters: ['width?'],
    body: (input, [width]) => {
      const all = toText(input);
      const missing = Math.max(0, integer(width, 80) - all.length);
      const left = missing >> 1;
      return ' '.repeat(left) + all + ' '.repeat(missing - left);
    },
  },
  truncate: {
    parameters: ['length?', 'killwords?', 'end?', 'leeway?'],
    body: (input, [length, killwords, end, leeway]) => {
      const all = toText(input);
      const limit = integer(length, 255);
      const ending = text(end, '...');
      if (all.length <= limit + integer(leeway, 5)) return all;
      const cut = all.slice(0, limit - ending.length);
      if (truthy(killwords ?? false)) return cut + ending;
      const space = cut.lastIndexOf(' ');
      return (space === -1 ? cut : cut.slice(0, space)) + ending;
    },
  },
  urlencode: {
    parameters: [],
    body: (input) => {
      if (input instanceof Dict) {
        return [...input.entries]
          .map(([key, value]) => `${encode(toText(key))}=${encode(toText(value))}`)
          .join('&');
      }
      if (textOf(input) === undefined && Array.isArray(input)) {
        return input
          .map((pair) =>
            iterate(pair)
              .map((part) => encode(toText(part)))
              .join('='),
          )
          .join('&');
      }
      return encode(toText(input)).replaceAll('%2F', '/');
    },
  },
  escape: { parameters: [], body: (input) => input },
  e: { parameters: [], body: (input) => input },
  forceescape: { parameters: [], body: (input) => input },
  safe: { parameters: [], body: (input) => input },
  striptags: {
    parameters: [],
    body: (input) =>
      toText(input)
        .replace(/<!--[\s\S]*?-->|<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
  },
};

function encode(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function wrap(all: string, width: number, by: string): string {
  const paragraphs = all.split('\n').map((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(/\s+/).filter((part) => part !== '')) {
      if (current !== '' && current.length + 1 + word.length > width) {
        lines.push(current);
        current = word;
      } else current = current === '' ? word : `${current} ${word}`;
    }
    return [...lines, current].join(by);
  });
  return paragraphs.join(by);
}
