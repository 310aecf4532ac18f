import { raise } from './error.ts';
import { decodeString } from './string-literal.ts';
import type { Token, TokenKind } from './token.ts';

const whitespace = /\s/;
const nameStart = /[\p{L}_]/u;
const nameRest = /[\p{L}\p{N}_]/u;
const number = /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?/y;
const operators = ['**', '//', '==', '!=', '<=', '>='];
const singleOperators = new Set('+-*/%~<>=.:|,;()[]{}');
const rawBegin = /\{%([-+]?)\s*raw\s*(-?)%\}/y;
const rawEnd = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g;

/**
 * Cuts `text[start, end)` into tokens. Whitespace control (`{%-`, `-%}`) is applied to the data tokens here, so a
 * data token's offsets are those of the text that remains. One newline at the very end is dropped, as dbt's
 * environment does (`keep_trailing_newline` off); `trim_blocks` and `lstrip_blocks` are off.
 */
export function tokenize(text: string, start = 0, end = text.length): Token[] {
  const stop = end > start && text[end - 1] === '\n' ? (text[end - 2] === '\r' ? end - 2 : end - 1) : end;
  const tokens: Token[] = [];
  let at = start;
  let trimNext = false;

  const pushData = (from: number, to: number, trimEnd: boolean) => {
    let first = from;
    let last = to;
    if (trimNext) while (first < last && whitespace.test(text[first] as string)) first++;
    if (trimEnd) while (last > first && whitespace.test(text[last - 1] as string)) last--;
    if (last > first) tokens.push({ kind: 'data', value: text.slice(first, last), start: first, end: last });
  };

  while (at < stop) {
    const open = findOpening(text, at, stop);
    if (open === stop) {
      pushData(at, stop, false);
      break;
    }
    const kind = text[open + 1];
    const control = text[open + 2];
    pushData(at, open, control === '-');
    trimNext = false;
    if (kind === '#') {
      const close = text.indexOf('#}', open + 2);
      if (close === -1 || close >= stop)
        raise('CH201', { problem: 'this comment is never closed', expected: '#}' }, [open, open + 2]);
      trimNext = text[close - 1] === '-' && close - 1 > open + 1;
      at = close + 2;
      continue;
    }
    rawBegin.lastIndex = open;
    const raw = kind === '%' ? rawBegin.exec(text) : null;
    if (raw) {
      rawEnd.lastIndex = rawBegin.lastIndex;
      const close = rawEnd.exec(text);
      if (!close || close.index >= stop) {
        raise('CH201', { problem: '`{% raw %}` is never closed', expected: '{% endraw %}' }, [
          open,
          rawBegin.lastIndex,
        ]);
      }
      trimNext = raw[2] === '-';
      pushData(rawBegin.lastIndex, close.index, close[1] === '-');
      trimNext = close[2] === '-';
      at = rawEnd.lastIndex;
      continue;
    }
    const block = kind === '%';
    const inside = open + (control === '-' || control === '+' ? 3 : 2);
    tokens.push({ kind: block ? 'block-begin' : 'variable-begin', value: '', start: open, end: inside });
    const closed = tokenizeCode(text, inside, stop, block ? '%}' : '}}', tokens, open);
    trimNext = closed.trim;
    at = closed.at;
  }
  tokens.push({ kind: 'end', value: '', start: stop, end: stop });
  return tokens;
}

/** Offset of the next `{{`, `{%` or `{#`, or `stop`. */
function findOpening(text: string, from: number, stop: number): number {
  for (let at = text.indexOf('{', from); at !== -1 && at + 1 < stop; at = text.indexOf('{', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next === 0x7b || next === 0x25 || next === 0x23) return at;
  }
  return stop;
}

/** Tokens up to the closing delimiter; braces and parentheses are balanced, so `}}` may end a dict. */
function tokenizeCode(
  text: string,
  from: number,
  stop: number,
  closing: '%}' | '}}',
  tokens: Token[],
  open: number,
): { at: number; trim: boolean } {
  const endKind: TokenKind = closing === '%}' ? 'block-end' : 'variable-end';
  const brackets: number[] = [];
  let at = from;
  while (at < stop) {
    const char = text[at] as string;
    if (char === ' ' || char === '\n' || char === '\t' || char === '\r') {
      at++;
      continue;
    }
    if (brackets.length === 0) {
      if (text.startsWith(closing, at)) {
        tokens.push({ kind: endKind, value: '', start: at, end: at + 2 });
        return { at: at + 2, trim: false };
      }
      if ((char === '-' || (char === '+' && closing === '%}')) && text.startsWith(closing, at + 1)) {
        tokens.push({ kind: endKind, value: '', start: at, end: at + 3 });
        return { at: at + 3, trim: char === '-' };
      }
    }
    if (isNameStart(char)) {
      let last = at + 1;
      while (last < stop && isNameRest(text[last] as string)) last++;
      tokens.push({ kind: 'name', value: text.slice(at, last), start: at, end: last });
      at = last;
    } else if (char === '"' || char === "'") {
      let last = at + 1;
      while (last < stop && text[last] !== char) last += text[last] === '\\' ? 2 : 1;
      if (last >= stop)
        raise('CH201', { problem: 'this string is never closed', expected: char }, [at, at + 1]);
      tokens.push({
        kind: 'string',
        value: decodeString(text.slice(at + 1, last)),
        start: at,
        end: last + 1,
      });
      at = last + 1;
    } else if (char >= '0' && char <= '9') {
      number.lastIndex = at;
      const literal = (number.exec(text) as RegExpExecArray)[0];
      const isFloat = !/^0[xXoObB]/.test(literal) && /[.eE]/.test(literal);
      tokens.push({
        kind: isFloat ? 'float' : 'integer',
        value: literal.replaceAll('_', ''),
        start: at,
        end: at + literal.length,
      });
      at += literal.length;
    } else {
      const pair = operators.find((operator) => text.startsWith(operator, at));
      const operator = pair ?? char;
      if (!pair && !singleOperators.has(char)) {
        if (whitespace.test(char)) {
          at++;
          continue;
        }
        raise('CH201', { problem: `\`${char}\` means nothing here` }, [at, at + 1]);
      }
      if (operator === '(' || operator === '[' || operator === '{') brackets.push(at);
      else if (operator === ')' || operator === ']' || operator === '}')
        closeBracket(text, brackets, operator);
      tokens.push({ kind: 'operator', value: operator, start: at, end: at + operator.length });
      at += operator.length;
    }
  }
  const shown = closing === '%}' ? '{%' : '{{';
  return raise('CH201', { problem: `\`${shown}\` is never closed`, expected: closing }, [open, open + 2]);
}

const partners: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function closeBracket(text: string, open: number[], closing: string): void {
  const at = open.pop();
  if (at === undefined) return;
  const opening = text[at] as string;
  const expected = partners[opening] as string;
  if (expected !== closing)
    raise('CH201', { problem: `this \`${opening}\` is never closed`, expected }, [at, at + 1]);
}

function isNameStart(char: string): boolean {
  return (
    (char >= 'a' && char <= 'z') ||
    (char >= 'A' && char <= 'Z') ||
    char === '_' ||
    (char > '\x7f' && nameStart.test(char))
  );
}

function isNameRest(char: string): boolean {
  return isNameStart(char) || (char >= '0' && char <= '9') || (char > '\x7f' && nameRest.test(char));
}
