import { describe, expect, test } from 'vitest';
import { html, raw } from '../../../cli/site/html.ts';
import { lineageSvg } from '../../../cli/site/lineage.ts';
import { htmlTable } from '../../../cli/site/table.ts';

describe('HTML from templates', () => {
  test('escapes what is put in, joins lists, leaves nothing for undefined', () => {
    const name = '<script>"x" & \'y\'</script>';
    expect(html`<p title="${name}">${[html`<b>${name}</b>`, 'a<b']}${undefined}${3}</p>`.text).toBe(
      '<p title="&#60;script&#62;&#34;x&#34; &#38; &#39;y&#39;&#60;/script&#62;"><b>&#60;script&#62;&#34;x&#34; &#38; &#39;y&#39;&#60;/script&#62;</b>a&#60;b3</p>',
    );
    expect(html`${raw('<i>')}`.text).toBe('<i>');
  });

  test('tables escape their cells and set numbers right', () => {
    const table = htmlTable(
      [
        { title: 'a', cell: (row: { a: string; n: number }) => row.a },
        { title: 'n', cell: (row) => String(row.n), numeric: true },
      ],
      [{ a: '<', n: 1 }],
    ).text;
    expect(table).toContain('<td class="">&#60;</td><td class="n">1</td>');
  });
});

describe('the lineage picture', () => {
  const lineage = {
    nodes: [
      { id: 's', label: 'raw.a<b', kind: 'source' as const },
      { id: 'm', label: 'gold', kind: 'model' as const, href: '#m' },
    ],
    edges: [
      { from: 's', to: 'm' },
      { from: 'gone', to: 'm' },
    ],
  };

  test('draws a box per node, left to right, and a line per known edge', () => {
    const { text } = lineageSvg(lineage);
    expect(text.match(/<rect/g)).toHaveLength(2);
    expect(text.match(/<path/g)).toHaveLength(1);
    const [source, model] = [...text.matchAll(/<rect x="([\d.]+)"/g)].map(([, x]) => Number(x)) as [
      number,
      number,
    ];
    expect(source).toBeLessThan(model);
    expect(text).toContain('raw.a&#60;b');
    expect(text).toContain('<a href="#m">');
  });

  test('of nothing is an empty picture', () => {
    expect(lineageSvg({ nodes: [], edges: [] }).text).toContain('<svg');
  });
});
