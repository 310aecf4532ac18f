import {
  type CallParts,
  type CallPrinter,
  callTable,
  refused,
  renamed,
  template,
} from '../print/call-table.ts';
import { fabricString } from './string.ts';

const same: CallPrinter = (call) => renamed(call.call.name)(call);

/** DuckDB's LIKE knows `%` and `_` only; T-SQL's also reads `[` as a set. */
const like =
  (negated: string): CallPrinter =>
  (call) => {
    const pattern = call.constant(1);
    if (typeof pattern !== 'string')
      return call.refuse('the pattern is computed', 'use contains or starts_with');
    return `${call.text[0]}${negated} like ${fabricString(pattern.replaceAll('[', '[[]'))}`;
  };

const likeEscape: CallPrinter = (call) => {
  const pattern = call.constant(1);
  if (typeof pattern !== 'string')
    return call.refuse('the pattern is computed', 'use contains or starts_with');
  return `${call.text[0]} like ${fabricString(pattern.replaceAll('[', '[[]'))} escape ${call.text[2]}`;
};

const ignoringCase =
  (negated: string): CallPrinter =>
  (call) => {
    const pattern = call.constant(1);
    if (typeof pattern !== 'string')
      return call.refuse('the pattern is computed', 'use lower() and contains');
    return `lower(${call.text[0]})${negated} like ${fabricString(pattern.toLowerCase().replaceAll('[', '[[]'))}`;
  };

/** LEN leaves trailing blanks out: a letter behind them keeps them in. */
const length: CallPrinter = ({ text }) => `cast(len(${text[0]} + 'x') - 1 as bigint)`;

/** CHARINDEX finds no empty text; equality, which would pass over trailing blanks, is not used. */
const found =
  (pattern: string): CallPrinter =>
  (call) => {
    const sought = call.constant(1);
    if (typeof sought === 'string' && sought !== '') return template(pattern)(call);
    return call.refuse(
      'what is looked for may be empty, which T-SQL finds nowhere',
      'look for a constant text',
    );
  };

const substring: CallPrinter = (call) => {
  const start = call.constant(1);
  if (typeof start !== 'number' || start < 1) {
    return call.refuse('only a constant start from 1 means the same', 'use a positive constant start');
  }
  return `substring(${call.text[0]}, ${call.text[1]}, ${call.text[2] ?? '8000'})`;
};

const left: CallPrinter = (call) => {
  const count = call.constant(1);
  if (typeof count !== 'number' || count < 0) {
    return call.refuse(
      'only a constant, non-negative length means the same',
      'use substring with positive constants',
    );
  }
  return renamed(call.call.name)(call);
};

const trim =
  (name: string): CallPrinter =>
  (call) =>
    call.text[1] === undefined
      ? `${name}(${call.text[0]})`
      : call.refuse('other characters are trimmed by newer servers only', 'use replace()');

/** `lpad` and `rpad`: the pad repeated and cut, or the text cut. */
const pad =
  (side: 'left' | 'right'): CallPrinter =>
  (call) => {
    const [width, fill] = [call.constant(1), call.constant(2)];
    if (typeof width !== 'number' || width < 0 || typeof fill !== 'string' || fill === '')
      return call.refuse('only a constant width and pad mean the same', 'use a constant width and pad');
    const [value = ''] = call.text;
    const missing = `left(replicate(${fabricString(fill)}, ${width}), ${width} - (len(${value} + 'x') - 1))`;
    const padded = side === 'left' ? `${missing} + ${value}` : `${value} + ${missing}`;
    return `case when len(${value} + 'x') - 1 >= ${width} then left(${value}, ${width}) else ${padded} end`;
  };

/** The n-th part: what stands before the first separator, after n - 1 of them were cut off. */
const splitPart: CallPrinter = (call) => {
  const [separator, number] = [call.constant(1), call.constant(2)];
  if (
    typeof separator !== 'string' ||
    separator === '' ||
    typeof number !== 'number' ||
    number < 1 ||
    number > 3
  )
    return call.refuse(
      'only the first three parts by a constant separator are translated',
      'use charindex-like functions: strpos and substring',
    );
  const text = fabricString(separator);
  let rest = call.text[0] ?? '';
  for (let part = 1; part < number; part++)
    rest = `case when charindex(${text}, ${rest}) = 0 then '' else substring(${rest}, charindex(${text}, ${rest}) + ${separator.length}, 8000) end`;
  return `left(${rest}, charindex(${text}, ${rest} + ${text}) - 1)`;
};

const noRegex = refused(
  'a warehouse has no regular expressions',
  'use like, contains, starts_with or split_part',
);

/** `+` gives NULL for NULL, as `||` does, but adds numbers: operands are cast. */
const pipes: CallPrinter = (call) =>
  `(${call.text.map((text, index) => asText(call, text, index)).join(' + ')})`;

function asText(call: CallParts, text: string, index: number): string {
  const family = call.family(index);
  if (family === 'text' || family === 'null') return text;
  if (family === 'integer') return `cast(${text} as varchar(20))`;
  if (family === 'date') return `convert(varchar(10), ${text}, 23)`;
  return call.refuse(
    'the text of this type differs between the engines',
    'cast from text, integers or dates',
  );
}

const concat: CallPrinter = (call) => {
  const parts = call.text.map((text, index) => asText(call, text, index));
  return `concat(${(parts.length === 1 ? [...parts, "''"] : parts).join(', ')})`;
};

const concatWs: CallPrinter = (call) => {
  const [separator, ...parts] = call.text.map((text, index) => asText(call, text, index));
  return `concat_ws(${[separator, ...parts].join(', ')})`;
};

/** Text functions. */
export const strings = callTable([
  ['upper lower replace reverse', same],
  // ASCII gives the first byte of what UTF-8 writes in several.
  ['ascii unicode ord', template('case when datalength($1) = 0 then 0 else unicode($1) end')],
  ['length len', length],
  ['strpos instr position', found('cast(charindex($2, $1) as bigint)')],
  ['contains', found('charindex($2, $1) > 0')],
  ['starts_with prefix', found('charindex($2, $1) = 1')],
  ['ends_with suffix', found('charindex(reverse($2), reverse($1)) = 1')],
  ['substring substr', substring],
  ['left right', left],
  ['trim', trim('trim')],
  ['ltrim', trim('ltrim')],
  ['rtrim', trim('rtrim')],
  ['repeat', template('replicate($1, case when $2 < 0 then 0 else $2 end)')],
  ['lpad', pad('left')],
  ['rpad', pad('right')],
  ['split_part', splitPart],
  [
    'regexp_matches regexp_full_match regexp_replace regexp_extract regexp_extract_all regexp_split_to_array',
    noRegex,
  ],
  ['~~', like('')],
  ['!~~', like(' not')],
  ['~~*', ignoringCase('')],
  ['!~~*', ignoringCase(' not')],
  ['like_escape', likeEscape],
  ['concat', concat],
  ['concat_ws', concatWs],
  ['||', pipes],
  ['chr', template('nchar($1)')],
  ['md5', template("lower(convert(varchar(32), hashbytes('MD5', cast($1 as varchar(8000))), 2))")],
  ['sha256', template("lower(convert(varchar(64), hashbytes('SHA2_256', cast($1 as varchar(8000))), 2))")],
]);
