import { describe, expect, test } from 'vitest';
import { evaluateTemplate, failureOf } from './support.ts';

/** What Jinja2 with dbt's settings prints; cases that minijinja cannot judge. Checked against Jinja2's documentation. */
const cases: readonly (readonly [template: string, output: string])[] = [
  ['{{ 1.0 }} {{ 1e-5 }} {{ 1e16 }} {{ 0.0001 }} {{ -0.0 }}', '1.0 1e-05 1e+16 0.0001 -0.0'],
  ['{{ 6 / 2 }} {{ 7 // 2.0 }} {{ -7 % 3 }} {{ 2 ** -1 }}', '3.0 3.0 2 0.5'],
  ["{{ [1, 'a', none, true, 1.5, (1,), {'k': []}] }}", "[1, 'a', None, True, 1.5, (1,), {'k': []}]"],
  [`{{ ["it's"] }}`, `["it's"]`],
  ['{{ 1 < 2 < 3 }} {{ 3 > 2 > 2 }} {{ 1 == 1 == 1 }}', 'True False True'],
  ['{{ "%05.2f|%-4s|%+d" % (3.14159, "ab", 5) }}', '03.14|ab  |+5'],
  ['{{ "{:>5}|{:,}|{:.1%}|{a[0]}".format(1, 1234567, 0.256, a=[9]) }}', '    1|1,234,567|25.6%|9'],
  [
    '{{ "a,b,,c".split(",") }} {{ " a  b ".split() }} {{ "a.b.c".rsplit(".", 1) }}',
    "['a', 'b', '', 'c'] ['a', 'b'] ['a.b', 'c']",
  ],
  ['{{ "abc".startswith("ab") }} {{ "abc".endswith(("x", "c")) }} {{ "abc".find("z") }}', 'True True -1'],
  ['{{ "-".join(["a", "b"]) }} {{ "  x ".strip() }}| {{ "a-b".replace("-", "_") }}', 'a-b x| a_b'],
  ['{{ "ab".zfill(4) }} {{ "-7".zfill(4) }} {{ "ab".ljust(3) }}|', '00ab -007 ab |'],
  ['{{ "aXbX".rstrip("X") }} {{ "x".isdigit() }} {{ "12".isdigit() }}', 'aXb False True'],
  ['{% set d = {"a": 1} %}{% do d.update({"b": 2}, c=3) %}{{ d }}', "{'a': 1, 'b': 2, 'c': 3}"],
  ['{% set d = {"a": none} %}{{ d.get("a", 5) }} {{ d.get("b", 5) }} {{ d.get("b") }}', 'None 5 None'],
  ['{% set d = {"a": 1} %}{{ d.pop("a") }} {{ d }} {{ d.setdefault("z", 2) }}', '1 {} 2'],
  [
    '{% set l = [3, 1] %}{% do l.extend([2]) %}{% do l.insert(0, 9) %}{{ l.pop() }} {{ l }} {{ l.index(1) }}',
    '2 [9, 3, 1] 2',
  ],
  [
    '{{ [3, 1, 2] | sort }} {{ "ba" | list }} {{ [[1, 2], [3]] | sum(start=[]) }}',
    "[1, 2, 3] ['b', 'a'] [1, 2, 3]",
  ],
  ['{{ 2.5 | round }} {{ 2.675 | round(2) }} {{ 5 | round }} {{ 2.1 | round(0, "ceil") }}', '2.0 2.67 5 3.0'],
  ['{{ "x" | int }} {{ "0x1F" | int(base=16) }} {{ "7" | as_number }} {{ "True" | as_bool }}', '0 31 7 True'],
  [
    '{{ {"b": 1, "a": [true, none]} | tojson }} {{ tojson({"b": 1, "a": 2}, sort_keys=true) }}',
    '{"b": 1, "a": [true, null]} {"a": 2, "b": 1}',
  ],
  ['{{ fromjson(\'{"a": [1, 2.5]}\').a }} {{ fromyaml("a: {b: 1}").a.b }}', '[1, 2.5] 1'],
  ['{{ zip([1, 2], "ab") | list }}', "[(1, 'a'), (2, 'b')]"],
  ['{{ set([1, 1, 2]) | list }} {{ 1 in set([1]) }}', '[1, 2] True'],
  ['{{ dict(a=1) }} {{ local_md5("a") }}', "{'a': 1} 0cc175b9c0f1b6a831c399e269772661"],
  ['{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, b=3) }}', "1(2,){'b': 3}"],
  ['{% macro m(a, b=a ~ "!") %}{{ b }}{% endmacro %}{{ m("x") }}', 'x!'],
  ['{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}', 'False'],
  ['{% macro m(a, b) %}{% endmacro %}{{ m.name }} {{ m.arguments }}', "m ('a', 'b')"],
  ['{% set x = joiner(", ") %}{% for i in [1, 2] %}{{ x() }}{{ i }}{% endfor %}', '1, 2'],
  ['{% set c = cycler("a", "b") %}{{ c.next() }}{{ c.next() }}{{ c.next() }}', 'aba'],
  ["{{ 'x' if false }}|{{ ('x' if false) | default('d') }}", '|d'],
  ['{{ missing is defined and missing.a }}', 'False'],
  ["{{ '\\x41\\u00e9\\n' }}", 'Aé\n'],
  ['{{ "abc" | truncate(5) }} {{ "a b c d e f g" | truncate(8, leeway=0) }}', 'abc a b...'],
  ['{{ "<b>x</b>" | striptags }} {{ "<" | e }}', 'x <'],
  ['{{ 1000000 * 1000000 * 1000000 }} {{ 9007199254740993 }}', '1000000000000000000 9007199254740993'],
  ['{{ not none }} {{ [] or "empty" }} {{ 0.0 or 1 }}', 'True empty 1'],
  ['{% for k in {"b": 1, "a": 2} | dictsort(by="value", reverse=true) %}{{ k[0] }}{% endfor %}', 'ab'],
  ['{%- set q -%} a {%- endset -%} [{{ q }}]', '[a]'],
];

describe('templates', () => {
  test.each(cases)('%j', (template, output) => {
    expect(evaluateTemplate(template)).toBe(output);
  });

  test('a trailing newline is dropped, once', () => {
    expect(evaluateTemplate('a\n\n')).toBe('a\n');
    expect(evaluateTemplate('a\r\n')).toBe('a');
  });

  test('a macro sees its file, not its caller', () => {
    expect(
      failureOf('{% macro m() %}{{ local }}{% endmacro %}{% for local in [1] %}{{ m() }}{% endfor %}').code,
    ).toBe('CH202');
  });
});

/** Code, message and the text the span covers. */
const failures: readonly (readonly [template: string, code: string, message: string, at: string])[] = [
  ['select {{ amuont }}', 'CH202', '`amuont` is not defined', 'amuont'],
  ['{{ {"name": 1}.nmae }}', 'CH203', 'a dict has no `nmae`', '{"name": 1}.nmae'],
  ['{{ [1][5] }}', 'CH203', 'a list of length 1 has no `[5]`', '[1][5]'],
  ['{{ "a" + 1 }}', 'CH204', '`+` does not work on a string and an integer', '"a" + 1'],
  ['{{ 1 / 0 }}', 'CH204', 'division by zero', '1 / 0'],
  ['{% for x in 5 %}{% endfor %}', 'CH204', 'an integer cannot be looped over', '5'],
  ['{{ "a" < 1 }}', 'CH204', 'a string and an integer cannot be ordered', '"a" < 1'],
  ['{{ 5() }}', 'CH204', 'an integer cannot be called', '5()'],
  ['{% set a, b = [1] %}', 'CH204', '2 names cannot take 1 values', 'a, b'],
  [
    '{% set x = 1 %}{% set x.y = 2 %}',
    'CH204',
    '`x` is an integer, and only attributes of a namespace can be set',
    'x.y',
  ],
  ['{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}', 'CH205', '`m` takes at most 1 arguments, got 2', 'm(1, 2)'],
  [
    '{% macro m(column) %}{% endmacro %}{{ m(colum=1) }}',
    'CH205',
    '`m` has no parameter `colum` (did you mean `column`?)',
    'm(colum=1)',
  ],
  ['{{ "a".replace("x") }}', 'CH205', '`replace` needs `new`', '"a".replace("x")'],
  ['{{ "a" | uper }}', 'CH206', 'there is no filter `uper`', 'uper'],
  ['{{ 1 is od }}', 'CH207', 'there is no test `od`', 'od'],
  ['{% if x %}', 'CH201', 'Jinja syntax: `{% if %}` is never closed', '{% if'],
  ['{% endif %}', 'CH201', 'Jinja syntax: `{% endif %}` closes nothing', '{% endif'],
  ['{{ 1 + }}', 'CH201', 'Jinja syntax: a value is expected, found `}}`', '}}'],
  ['{# never', 'CH201', 'Jinja syntax: this comment is never closed', '{#'],
  ['{% include "x" %}', 'CH213', '`{% include %}` is not supported', '{% include'],
  [
    '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
    'CH218',
    'calls of macros within macros (`m`): more than 100 deep',
    'm()',
  ],
  [
    '{% for i in range(2000) %}{% for j in range(2000) %}{% endfor %}{% endfor %}',
    'CH218',
    'iterations of loops in one file: more than 1000000',
    '{% for j in range(2000) %}{% endfor %}',
  ],
  ['{{ range(99999999) }}', 'CH218', 'numbers of a range: more than 1000000', 'range(99999999)'],
];

describe('errors of templates', () => {
  test.each(failures)('%j', (template, code, message, at) => {
    const found = failureOf(template);
    expect(found).toMatchObject({ code, message });
    expect(template.slice(found.span?.start.offset, found.span?.end.offset)).toBe(at);
  });

  test('the iteration is told', () => {
    expect(failureOf('{% for c in ["a", "b"] %}{{ 1 / (c == "a") }}{% endfor %}').cause).toContain(
      "in iteration 2 of 2 ('b')",
    );
  });

  test('deep nesting is refused, not overflowed', () => {
    expect(failureOf(`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`).code).toBe('CH218');
    expect(failureOf('{% if 1 %}'.repeat(5000)).code).toBe('CH218');
    expect(failureOf(`{{ 1${' + 1'.repeat(50_000)} }}`).code).toBe('CH218');
  });

  test.each(['constructor', '__proto__', 'prototype', 'toString', 'hasOwnProperty', '__class__'])(
    'JavaScript is out of reach: %s',
    (name) => {
      for (const value of ['"a"', '[1]', '{"a": 1}', '(1,)', 'range', 'namespace()', 'joiner', '1', '1.5']) {
        expect(
          evaluateTemplate(`{{ ${value}.${name} is defined }}{{ ${value}["${name}"] is defined }}`),
        ).toBe('FalseFalse');
      }
    },
  );
});
