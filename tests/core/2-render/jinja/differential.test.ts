import fc from 'fast-check';
import { Environment } from 'minijinja-js';
import { describe, expect, test } from 'vitest';
import { RenderError } from '../../../../core/2-render/jinja/error.ts';
import { agreeing, data, deviations, refused } from './differential-cases.ts';
import { evaluateTemplate, failureOf } from './support.ts';

/** minijinja spells true, false and none in lower case, Jinja2 as Python does. Everything else must be equal. */
const pythonWords = (text: string) => text.replace(/True|False|None/g, (word) => word.toLowerCase());

const refusal = Symbol('refused');

function oracle(template: string): string | typeof refusal {
  // A new environment each time: an error may leave the old one unusable.
  const environment = new Environment();
  try {
    return environment.renderStr(template, data);
  } catch {
    return refusal;
  }
}

function ours(template: string): string | typeof refusal {
  try {
    return evaluateTemplate(template, data);
  } catch (error) {
    if (error instanceof RenderError) return refusal;
    throw error;
  }
}

describe('against minijinja', () => {
  test.each(agreeing)('%j', (template) => {
    const expected = oracle(template);
    const actual = ours(template);
    expect(typeof actual === 'string' ? pythonWords(actual) : actual).toBe(
      typeof expected === 'string' ? pythonWords(expected) : expected,
    );
  });

  test.each(deviations)('$template differs: $why', ({ template, ours: wanted }) => {
    expect(ours(template)).toBe(wanted);
    const theirs = oracle(template);
    expect(typeof theirs === 'string' ? pythonWords(theirs) : theirs).not.toBe(pythonWords(wanted));
  });

  test.each(refused)('$template is refused: $why', ({ template, code }) => {
    expect(failureOf(template, data).code).toBe(code);
    expect(oracle(template)).not.toBe(refusal);
  });
});

const integer = fc.integer({ min: -50, max: 50 }).map((n) => (n < 0 ? `(${n})` : String(n)));
const word = fc.constantFrom('"a"', '"bc"', 'name', '"x y"', 'empty');

/** Integers, by operators that both engines give Python's meaning. */
const { number } = fc.letrec((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    integer,
    fc.constantFrom('n', 'zero', 'dict.one', 'numbers[0]', 'numbers | length', 'words | length'),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number'))
      .map(([a, o, b]) => `(${a} ${o} ${b})`),
    fc
      .tuple(tie('number'), fc.constantFrom('//', '%'), fc.integer({ min: 1, max: 9 }))
      .map(([a, o, b]) => `((${a}) ${o} ${b})`),
    fc.tuple(tie('number'), tie('boolean'), tie('number')).map(([a, t, b]) => `(${a} if ${t} else ${b})`),
  ),
  boolean: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('flag', 'true', 'false', 'not flag'),
    fc
      .tuple(tie('number'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('number'))
      .map(([a, o, b]) => `(${a} ${o} ${b})`),
    fc
      .tuple(tie('boolean'), fc.constantFrom('and', 'or'), tie('boolean'))
      .map(([a, o, b]) => `(${a} ${o} ${b})`),
    fc
      .tuple(tie('number'), fc.constantFrom('odd', 'even', 'defined', 'number'))
      .map(([a, t]) => `(${a}) is ${t}`),
    tie('boolean').map((a) => `(not ${a})`),
  ),
})) as { number: fc.Arbitrary<string>; boolean: fc.Arbitrary<string> };

const text = fc.oneof(
  word,
  fc.tuple(word, word).map(([a, b]) => `(${a} ~ ${b})`),
  fc
    .tuple(word, fc.constantFrom('upper', 'lower', 'title', 'trim', 'length', 'reverse', 'capitalize'))
    .map(([a, f]) => `(${a} | ${f})`),
  fc.tuple(word, fc.nat(3), fc.nat(3)).map(([a, i, j]) => `(${a})[${i}:${j}]`),
);

const gap = fc.constantFrom('', ' ', '\n', '  \n  ', '\t');
const open = fc.constantFrom('{%', '{%-', '{%+');
const close = fc.constantFrom('%}', '-%}');

/** Whole templates: text with blanks, output, conditions, loops, assignments, with whitespace control anywhere. */
const { body } = fc.letrec((tie) => ({
  body: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(gap, fc.constantFrom('select', 'a,', '-- c', "'q'"), gap).map((parts) => parts.join('')),
    fc
      .tuple(fc.constantFrom('{{', '{{-'), fc.oneof(number, text), fc.constantFrom('}}', '-}}'))
      .map(([o, e, c]) => `${o} ${e} ${c}`),
    fc
      .tuple(open, number, close, tie('body'), open, close, tie('body'), open, close)
      .map(([a, e, b, x, c, d, y, f, g]) => `${a} if ${e} ${b}${x}${c} else ${d}${y}${f} endif ${g}`),
    fc
      .tuple(
        open,
        fc.constantFrom('numbers', 'words', '[]', 'numbers if n > 3'),
        close,
        tie('body'),
        gap,
        open,
        close,
      )
      .map(
        ([a, e, b, x, s, c, d]) =>
          `${a} for item in ${e} ${b}${x}${s}{{ item }}{{ "," if not loop.last }}${c} endfor ${d}`,
      ),
    fc.tuple(open, number, close).map(([a, e, b]) => `${a} set v = ${e} ${b}{{ v }}`),
  ),
})) as { body: fc.Arbitrary<string> };

describe('against minijinja, generated', () => {
  const agrees = (template: string) => {
    const expected = oracle(template);
    const actual = ours(template);
    expect(typeof actual === 'string' ? pythonWords(actual) : actual).toBe(
      typeof expected === 'string' ? pythonWords(expected) : expected,
    );
  };

  test('expressions', () => {
    fc.assert(
      fc.property(fc.oneof(number, text), (expression) => agrees(`{{ ${expression} }}`)),
      { numRuns: 1000, seed: 20261123 },
    );
  });

  test('templates', () => {
    fc.assert(fc.property(body, agrees), { numRuns: 1000, seed: 20261123 });
  });

  test('any text is parsed or refused, never a crash', () => {
    const noise = fc.array(
      fc.constantFrom(
        '{{',
        '}}',
        '{%',
        '%}',
        '{#',
        '#}',
        '-',
        ' if ',
        ' for ',
        ' in ',
        'x',
        '"',
        "'",
        '(',
        ')',
        '[',
        ']',
        '|',
        '.',
        ' is ',
        '\n',
        '1',
        ' endif ',
        ' set ',
        '=',
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(noise, (parts) => void ours(parts.join(''))),
      { numRuns: 2000, seed: 20261123 },
    );
  });
});
