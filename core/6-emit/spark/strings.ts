import { type CallPrinter, callTable, renamed, template } from '../print/call-table.ts';
import { sparkString } from './string.ts';

/** Text functions whose arguments and meaning are Spark's as well. */
const same: CallPrinter = (call) => renamed(call.call.name)(call);

/** Spark counts from one too, but reads a start of zero or an open negative one otherwise. */
const substring: CallPrinter = (call) => {
  const start = call.constant(1);
  if (typeof start !== 'number' || start < 1) {
    return call.refuse('only a constant start from 1 means the same', 'use a positive constant start');
  }
  return renamed('substring')(call);
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

/** DuckDB's LIKE knows no escape unless one is named; Spark's has the backslash. */
const like =
  (keyword: string): CallPrinter =>
  (call) => {
    const pattern = call.constant(1);
    const own = typeof pattern === 'string' ? sparkString(pattern.replaceAll('\\', '\\\\')) : undefined;
    if (own === undefined)
      return call.refuse('the pattern is computed', 'use contains, starts_with or ends_with');
    return `(${call.text[0]} ${keyword} ${own})`;
  };

const likeEscape: CallPrinter = ({ text }) => `(${text[0]} like ${text[1]} escape ${text[2]})`;

const constantPattern = (call: Parameters<CallPrinter>[0]): string | undefined => {
  const pattern = call.constant(1);
  return typeof pattern === 'string' ? sparkString(pattern) : undefined;
};

const regexpMatches: CallPrinter = (call) => {
  const pattern = constantPattern(call);
  if (pattern === undefined || call.args.length > 2)
    return call.refuse('the pattern or options are computed', 'use a constant pattern');
  return `(${call.text[0]} rlike ${pattern})`;
};

const regexpFullMatch: CallPrinter = (call) => {
  const pattern = call.constant(1);
  if (typeof pattern !== 'string') return call.refuse('the pattern is computed', 'use a constant pattern');
  return `(${call.text[0]} rlike ${sparkString(`^(?:${pattern})$`)})`;
};

const regexpReplace: CallPrinter = (call) => {
  const replacement = call.constant(2);
  if (call.constant(3) !== 'g' || typeof replacement !== 'string' || /[\\$]/.test(replacement)) {
    return call.refuse(
      'Spark replaces every match and writes groups otherwise',
      "pass 'g' and a replacement without groups",
    );
  }
  return `regexp_replace(${call.text[0]}, ${constantPattern(call) ?? call.text[1]}, ${call.text[2]})`;
};

const regexpExtract: CallPrinter = (call) =>
  `regexp_extract(${call.text[0]}, ${constantPattern(call) ?? call.text[1]}, ${call.text[2] ?? '0'})`;

const splitPart: CallPrinter = (call) => {
  const [separator, index] = [call.constant(1), call.text[2]];
  const known = typeof separator === 'string' && separator !== '' && /^\(?-?[1-9]\d*\)?$/.test(index ?? '');
  if (!known)
    return call.refuse(
      'only a constant separator and a constant place mean the same',
      'name a separator, and a place other than 0',
    );
  return renamed('split_part')(call);
};

/** DuckDB's concat skips NULLs; Spark's returns NULL. */
const concat: CallPrinter = ({ text }) =>
  `concat(${text.map((arg) => `coalesce(cast(${arg} as string), '')`).join(', ')})`;

const trim =
  (side: string, name: string): CallPrinter =>
  ({ text }) =>
    text[1] === undefined ? `${name}(${text[0]})` : `trim(${side} ${text[1]} from ${text[0]})`;

const pipes: CallPrinter = (call) => {
  const known = [0, 1].every((index) => ['text', 'integer', 'date', 'null'].includes(call.family(index)));
  if (!known)
    return call.refuse(
      'the text of this type differs between the engines',
      'cast both sides to varchar from text, integers or dates',
    );
  return `concat(${call.text.join(', ')})`;
};

/** Text functions. */
export const strings = callTable([
  ['upper lower replace reverse repeat lpad rpad ascii md5 concat_ws translate initcap contains', same],
  ['split_part', splitPart],
  ['length len', template('cast(char_length($1) as bigint)')],
  ['strpos instr position', template('cast(instr($1, $2) as bigint)')],
  ['starts_with prefix', renamed('startswith')],
  ['ends_with suffix', renamed('endswith')],
  ['substring substr', substring],
  ['left right', left],
  ['trim', trim('both', 'trim')],
  ['ltrim', trim('leading', 'ltrim')],
  ['rtrim', trim('trailing', 'rtrim')],
  ['~~', like('like')],
  ['!~~', like('not like')],
  ['~~*', like('ilike')],
  ['!~~*', like('not ilike')],
  ['like_escape', likeEscape],
  ['regexp_matches', regexpMatches],
  ['regexp_full_match', regexpFullMatch],
  ['regexp_replace', regexpReplace],
  ['regexp_extract', regexpExtract],
  ['concat', concat],
  ['||', pipes],
  ['chr', template('char($1)')],
  ['sha256', template('sha2($1, 256)')],
]);
