import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Origin, RenderedNode } from '../../../core/2-render/index.ts';
import { type Files, renderFiles } from './support.ts';

async function nodeOf(files: Files, name = 'm'): Promise<RenderedNode> {
  const rendered = await renderFiles(files);
  return rendered.nodes.get(`model.shop.${name}`) as RenderedNode;
}

/** Where the first character of `text` in the compiled SQL was written: `file:line:column` and the macro stack. */
function whereIs(node: RenderedNode, text: string): string {
  const origin = node.map.originOf(node.sql.indexOf(text)) as Origin;
  const place = ({ file, start }: Origin['span']) => `${file}:${start.line}:${start.column}`;
  const frames = origin.frames.map(({ macro, callSite }) => `${macro} @ ${place(callSite)}`);
  return [place(origin.span), ...frames].join(' < ');
}

describe('the source map', () => {
  const files = {
    'macros/m.sql': `{% macro inner(c) %}
  upper({{ c }})
{% endmacro %}
{% macro outer(c) %}
  coalesce({{ inner(c) }}, '?')
{% endmacro %}`,
    'models/e.sql': "{{ config(materialized='ephemeral') }}\nselect 'eee' as x",
    'models/m.sql': `{% set columns = ['aaa', 'bbb'] %}
select
{% for c in columns %}
  {{ outer(c) }} as {{ c }},
{% endfor %}
  {% set late %}sum(ccc){% endset %}{{ late | trim }} as ddd,
  {{ ['p1', 'p2'] | join(', ') }}
from {{ ref('e') }}`,
  };

  test.each([
    ['select\n', 'models/m.sql:2:1'],
    ['upper', 'macros/m.sql:2:3 < outer @ models/m.sql:4:6 < inner @ macros/m.sql:5:15'],
    ['aaa', 'macros/m.sql:2:12 < outer @ models/m.sql:4:6 < inner @ macros/m.sql:5:15'],
    ['coalesce', 'macros/m.sql:5:3 < outer @ models/m.sql:4:6'],
    ['as bbb', 'models/m.sql:4:18'],
    ['bbb,', 'models/m.sql:4:24'],
    ['sum(ccc)', 'models/m.sql:6:17'],
    ['ccc)', 'models/m.sql:6:21'],
    ['as ddd', 'models/m.sql:6:55'],
    ['p2', 'models/m.sql:7:6'],
    ["'eee'", 'models/e.sql:2:8'],
    ['__dbt__cte__e as', 'models/m.sql:8:9'],
  ])('%j', async (text, expected) => {
    expect(whereIs(await nodeOf(files), text)).toBe(expected);
  });

  test('text copied from a template leads to the same character, whatever stands around it', async () => {
    const piece = fc.oneof(
      fc.constantFrom('word ', 'x\n', '  ', 'é', "'q'", '\t'),
      fc.constantFrom(
        '{{ 1 }}',
        '{{- 2 -}}',
        '{# c #}',
        '{%- if true %}y{% endif -%}',
        '{% for i in [1, 2] %}l{{ i }}{% endfor %}',
      ),
    );
    const source = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => `s${pieces.join('')}`);
    const samples = fc.sample(source, { numRuns: 60, seed: 7 });
    const rendered = await renderFiles(
      Object.fromEntries(samples.map((text, i) => [`models/m${i}.sql`, text])),
    );
    expect(rendered.diagnostics).toEqual([]);
    for (const [i, text] of samples.entries()) {
      const { sql, map } = rendered.nodes.get(`model.shop.m${i}`) as RenderedNode;
      for (let offset = 0; offset < sql.length; offset++) {
        const span = (map.originOf(offset) as Origin).span;
        const { start, end } = span;
        const isExpression = text.slice(Math.max(0, start.offset - 4), start.offset).includes('{{');
        if (!isExpression) expect(text.slice(start.offset, end.offset)).toBe(sql[offset]);
        else expect(['1', '2', 'i']).toContain(text.slice(start.offset, end.offset));
      }
    }
  });

  test('an error inside a macro inside a loop shows the macro, the calls and the iteration', async () => {
    const { diagnostics } = await renderFiles({
      'macros/m.sql': '{% macro cents(c) %}\n  {{ c / 100 }}\n{% endmacro %}',
      'models/m.sql': "select\n{% for c in [1, 'b'] %}\n  {{ cents(c) }}\n{% endfor %}",
    });
    expect(diagnostics).toMatchObject([
      {
        code: 'CH204',
        message: '`/` does not work on a string and an integer',
        cause: "in iteration 2 of 2 ('b')",
        node: 'model.shop.m',
        span: { file: 'macros/m.sql', start: { line: 2, column: 6 } },
        related: [
          {
            message: '`cents` is called here',
            span: { file: 'models/m.sql', start: { line: 3, column: 6 } },
          },
        ],
      },
    ]);
  });
});
