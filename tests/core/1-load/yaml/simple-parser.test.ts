import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFullYaml } from '../../../../core/1-load/yaml/full-parser.ts';
import { parseSimpleYaml } from '../../../../core/1-load/yaml/simple-parser.ts';
import type { YamlNode } from '../../../../core/1-load/yaml/tree.ts';

/** The tree as nested arrays: kind, value, and the source range of everything that is written out. */
function shape(node: YamlNode | null | undefined): unknown {
  if (node === null || node === undefined) return null;
  switch (node.kind) {
    case 'scalar':
      return node.start === node.end ? [node.value] : [node.value, node.start, node.end];
    case 'seq':
      return ['seq', node.start, ...node.items.map(shape)];
    case 'map':
      return ['map', node.start, ...node.entries.map((e) => [e.key, e.keyStart, e.keyEnd, shape(e.value)])];
  }
}

function full(text: string) {
  return parseFullYaml({ path: 'f.yml', text, hash: '' });
}

/** Holds the fast parser to the `yaml` package: the same tree, or it gave up. True when it did not give up. */
function agree(text: string): boolean {
  const simple = parseSimpleYaml(text);
  if (simple === undefined) return false;
  const { root, diagnostics } = full(text);
  expect(diagnostics, text).toEqual([]);
  expect(shape(simple), text).toEqual(shape(root));
  return true;
}

const understood: readonly [string, string][] = [
  [
    'a model',
    'version: 2\n\nmodels:\n  - name: orders\n    columns:\n      - name: id\n        tests: [not_null, unique]\n',
  ],
  [
    'flow maps',
    'columns:\n  - {name: id, data_type: "decimal(10,2)", tests: [{accepted_values: {values: [1, 2]}}]}\n',
  ],
  ['a ref in flow', "tests: [{relationships: {to: ref('orders'), field: id}}]\n"],
  ['a list at the depth of its key', 'models:\n- name: a\n- name: b\nseeds:\n- name: c\n'],
  ['comments everywhere', '# top\na: 1 # one\n\n  # deep\nb:\n  # inside\n  c: x#y\n# end'],
  [
    'scalars',
    'a: null\nb: ~\nc: true\nd: False\ne: -1.5e3\nf: 007\ng: 1.\nh: .5\ni: 12abc\nj: 1_000\nk: 2026-01-31\n',
  ],
  ['empty values', 'a:\nb:\n  c:\n  d: 1\n'],
  ['quotes', "a: 'it''s'\nb: \"x: y # z\"\n'c d': 1\n\"e\": 2\n"],
  ['literal blocks', 'a: |\n  one\n   two\n\n  three\nb: |-\n  x\nc: >\n  folded\n  text\nd: >-\n  one\n'],
  ['nested lists', '- - 1\n  - 2\n-\n  - 3\n- a: 1\n  b: 2\n'],
  ['CRLF', 'a: 1\r\nb:\r\n  - c\r\n  - d: 2\r\n\r\n'],
  ['a document start', '---\na: 1\n'],
  ['nothing', '# only a comment\n\n'],
  ['urls and times', 'a: http://x.y/z?q=1\nb: 10:30:00\nc: a:b\n'],
  ['plus keys', 'models:\n  +materialized: table\n  shop:\n    +tags: [a]\n'],
  ['jinja in quotes', "a: \"{{ var('x') }}\"\nb: '{% if x %}1{% endif %}'\n"],
  ['empty collections', 'a: []\nb: {}\nc: [ ]\nd: [1, ]\n'],
];

const givenUp: readonly [string, string][] = [
  ['anchors', 'a: &x 1\nb: *x\n'],
  ['tags', 'a: !!str 1\n'],
  ['several documents', 'a: 1\n---\nb: 2\n'],
  ['duplicate keys', 'a: 1\na: 2\n'],
  ['duplicate keys in flow', '{a: 1, a: 2}\n'],
  ['tabs', 'a:\n\tb: 1\n'],
  ['escapes', 'a: "x\\ny"\n'],
  ['plain scalars over lines', 'a: one\n  two\n'],
  ['bad indentation', 'a:\n    b: 1\n  c: 2\n'],
  ['two colons', 'a: b: c\n'],
  ['an unclosed quote', 'a: "x\n'],
  ['an unclosed bracket', 'a: [1, 2\n'],
  ['unquoted Jinja', "a: {{ var('x') }}\n"],
  ['hexadecimal', 'a: 0x1F\n'],
  ['merges', 'a:\n  <<: b\n'],
];

describe('the fast YAML parser', () => {
  test.each(understood)('reads %s as the yaml package does', (_, text) => {
    expect(agree(text)).toBe(true);
  });

  test.each(givenUp)('leaves %s to the yaml package', (_, text) => {
    expect(parseSimpleYaml(text)).toBeUndefined();
  });

  test('agrees or gives up on random lines', () => {
    const fragment = fc.constantFrom(
      'a: 1',
      'b:',
      'c: x y',
      '- a',
      '- b: 2',
      '-',
      '- - c',
      '# note',
      '',
      'd: [1, {e: f}]',
      'g: "q"',
      "h: 'r' # s",
      'i: |',
      'j: >-',
      'text',
      '"k": null',
      'l: {m: n, o}',
      '- {p: "q", r: [s]}',
      '---',
      '? x',
      'u: -',
      'v: - w',
      'x : y',
      '- "z"',
      '- |',
      '- oo: |-',
      '- >',
      'pp: [',
      ']',
      'qq: {r: "s",',
      "tt: 'u",
      "v'",
      'aa: {bb: cc:dd}',
      'ee: #ff',
      'gg: hh #ii',
      "- ref('x')",
      'jj: @k',
      'll: 1:2',
      'mm: a: b',
      '...',
      'nn: 0x1',
      '{a: 1}',
      '[a]',
    );
    const line = fc
      .tuple(fc.constantFrom(0, 0, 0, 2, 2, 4, 1, 6), fragment)
      .map(([n, f]) => ' '.repeat(n) + f);
    const ending = fc.constantFrom('\n', '', '\n\n');
    let read = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 7 }), ending, (lines, end) => {
        if (agree(lines.join('\n') + end)) read++;
      }),
      { numRuns: 4000 },
    );
    expect(read).toBeGreaterThan(150);
  });

  test('agrees or gives up on random characters within scalars', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab1.: -#,[]{}\'"|>&*!%@?~+e_é\\'), maxLength: 12 });
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('k: ', '- ', 'k: [', '', 'k:\n  - x: ', '{'),
        fc.constantFrom('\n', '', ']\n', '}\n'),
        (middle, before, after) => {
          agree(before + middle + after);
        },
      ),
      { numRuns: 8000 },
    );
  });

  test('agrees or gives up on real files with a slip of the finger', () => {
    const real = understood.map(([, text]) => text);
    const slip = fc.constantFrom(
      '',
      ' ',
      '  ',
      ':',
      '-',
      '- ',
      '#',
      "'",
      '"',
      '{',
      '[',
      ']',
      ',',
      '\n',
      '&',
      '*',
      '|',
      '\\',
      '!',
      '?',
    );
    fc.assert(
      fc.property(fc.constantFrom(...real), fc.nat(400), fc.nat(3), slip, (text, raw, cut, inserted) => {
        const at = raw % (text.length + 1);
        agree(text.slice(0, at) + inserted + text.slice(at + cut));
      }),
      { numRuns: 3000 },
    );
  });
});
