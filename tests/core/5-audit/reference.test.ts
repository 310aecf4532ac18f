import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RenderedNode } from '../../../core/2-render/index.ts';
import { type AuditInput, auditProject } from '../../../core/5-audit/index.ts';
import { type Compiled, compileProject } from '../../../core/pipeline.ts';

let compiled: Compiled;
let input: AuditInput;
beforeAll(async () => {
  const made = await compileProject({ projectDir: join(import.meta.dirname, '../../..'), cache: false });
  if (made.project === undefined || made.bound === undefined)
    throw new Error('the reference project does not compile');
  compiled = made as Compiled;
  input = { rendered: made.rendered, graph: made.graph, bound: made.bound, policy: made.project.policy };
});
afterAll(() => compiled?.bound?.close());

const named = (name: string): RenderedNode => {
  const found = [...input.graph.nodes.values()].find((node) => node.kind === 'model' && node.name === name);
  if (found === undefined) throw new Error(`no model ${name}`);
  return found as RenderedNode;
};

describe('the reference project', () => {
  test.each(['gold_customer_spine', 'gold_features_support'])(
    'every column of %s is proved, labels as labels',
    { timeout: 60_000 },
    async (name) => {
      const report = await auditProject(input, { models: new Set([named(name).uniqueId]) });
      const open = report.results.filter(({ verdict }) => verdict !== 'PROVED');
      expect(open.map(({ column, reason }) => `${column}: ${reason}`)).toEqual([]);
    },
  );

  test('a leak planted in silver is refuted, with the path from gold and the line', {
    timeout: 60_000,
  }, async () => {
    const silver = named('silver_support_tickets');
    // The deduplication keeps the last delivery instead of the first.
    const sql = silver.sql.replace(/order by ([a-z_.]*loaded_at)\b/, 'order by $1 desc');
    expect(sql).not.toBe(silver.sql);
    const nodes = new Map(input.graph.nodes).set(silver.uniqueId, { ...silver, sql });
    const leaking: AuditInput = { ...input, graph: { ...input.graph, nodes } };
    const gold = named('gold_features_support');
    const report = await auditProject(leaking, { models: new Set([gold.uniqueId]) });
    const refuted = report.results.filter(({ verdict }) => verdict === 'REFUTED');
    expect(refuted.map(({ column }) => column)).toContain('tickets_30d');
    const result = refuted.find(({ column }) => column === 'tickets_30d');
    expect(result?.path?.join(' <- ')).toMatch(
      /^gold_features_support <- silver_support_tickets <- .*raw\.support_tickets/,
    );
    expect(result?.at?.file).toMatch(/support_tickets\.sql$/);
    // The line that ranks the deliveries, not the one that names the table.
    const line = silver.rawSql.split('\n')[(result?.at?.line ?? 0) - 1];
    expect(line).toContain('row_number()');
    expect(result?.reason).toContain(
      'the window `row_number` of silver_support_tickets looks at rows that arrived later',
    );
    expect(result?.witness?.with).not.toEqual(result?.witness?.without);
  });
});
