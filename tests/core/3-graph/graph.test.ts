import fc from 'fast-check';
import { describe, expect, test as it } from 'vitest';
import { ancestors, buildGraph, descendants } from '../../../core/3-graph/index.ts';
import { model, project, rendered, test } from '../fixture.ts';

function graphOf(edges: Readonly<Record<string, readonly string[]>>) {
  const nodes = rendered(
    ...Object.entries(edges).map(([name, reads]) =>
      model({ name, dependsOn: reads, sql: reads.map((read) => `{{ ref('${read}') }}`).join('\n') }),
    ),
  );
  return buildGraph(nodes, project(nodes));
}

const short = (ids: Iterable<string>) => [...ids].map((id) => id.split('.').pop()).join(' ');

describe('the graph', () => {
  it('orders parents before children, and equals by name', () => {
    const { graph } = graphOf({ d: ['b', 'c'], c: ['a'], b: ['a'], a: [], z: [] });
    expect(short(graph.order)).toBe('a z b c d');
    expect(short(graph.children.get('model.shop.a') ?? [])).toBe('c b');
    expect(short(ancestors(graph, ['model.shop.d']))).toBe('b c a');
    expect(short(descendants(graph, ['model.shop.a'], 1))).toBe('c b');
  });

  it('puts tests last, whatever they read', () => {
    const nodes = rendered(
      test({ name: 'first', dependsOn: ['a'] }),
      model({ name: 'a' }),
      model({ name: 'b', dependsOn: ['a'] }),
      test({ name: 'alone', dependsOn: [] }),
    );
    expect(short(buildGraph(nodes, project(nodes)).graph.order)).toBe('a b alone first');
  });

  it('prints each cycle once, shortest way round, with the place of every ref', () => {
    const { graph, diagnostics } = graphOf({
      a: ['c'],
      b: ['a'],
      c: ['b', 'd'],
      d: ['c'],
      e: ['e'],
      f: ['a'],
    });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'References form a cycle: a -> c -> b -> a',
      '`e` refers to itself',
    ]);
    expect(diagnostics[0]?.span?.file).toBe('models/a.sql');
    expect(diagnostics[0]?.related?.map(({ span }) => `${span.file}:${span.start.column}`)).toEqual([
      'models/c.sql:4',
      'models/b.sql:4',
    ]);
    expect(graph.order).toEqual([]);
  });

  it('holds for random graphs: order respects edges, and what is left out is on or behind a cycle', () => {
    const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 25 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const reads: Record<string, string[]> = {};
        for (let index = 0; index < 12; index++) reads[`n${index}`] = [];
        for (const [from, to] of pairs) {
          if (!reads[`n${from}`]?.includes(`n${to}`)) reads[`n${from}`]?.push(`n${to}`);
        }
        const { graph, diagnostics } = graphOf(reads);
        const position = new Map(graph.order.map((id, index) => [id, index]));
        for (const [id, parents] of graph.parents) {
          const at = position.get(id);
          if (at === undefined) {
            const upstream = [id, ...ancestors(graph, [id])];
            expect(upstream.some((above) => ancestors(graph, [above]).has(above))).toBe(true);
          } else for (const parent of parents) expect(position.get(parent)).toBeLessThan(at);
        }
        expect(diagnostics.length > 0).toBe(graph.order.length < 12);
      }),
      { numRuns: 200 },
    );
  });

  it('takes two builders of one relation for an error, names compared without case', () => {
    const nodes = rendered(
      model({ name: 'a', relation: { schema: 'main', identifier: 'orders' } }),
      model({ name: 'b', relation: { schema: 'MAIN', identifier: 'Orders' } }),
      model({ name: 'c', relation: { schema: 'other', identifier: 'orders' } }),
      model({
        name: 'd',
        relation: { schema: 'main', identifier: 'orders' },
        config: { materialized: 'ephemeral' },
      }),
    );
    const { diagnostics } = buildGraph(nodes, project(nodes));
    expect(diagnostics.map(({ code, node }) => [code, node])).toEqual([['CH302', 'model.shop.b']]);
  });
});
