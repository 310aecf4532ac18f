import { describe, expect, test } from 'vitest';
import { type AuditInput, auditProject } from '../../../core/5-audit/index.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const sql = `select s.customer_id, s.prediction_time, count(e.amount) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all`;

/** Two models, and a fault of the prover in one: what it reads of the model throws. */
async function faultyInput(): Promise<AuditInput> {
  const input = await testInput({
    sources,
    models: { bad: { sql, pointInTime }, good: { sql, pointInTime } },
  });
  const nodes = new Map(input.graph.nodes);
  for (const [id, node] of nodes) {
    if (node.kind !== 'model' || node.name !== 'bad') continue;
    const broken = Object.defineProperty({ ...node }, 'columns', {
      get: () => {
        throw new TypeError('nobody thought of this\nsecond line');
      },
    });
    nodes.set(id, broken);
  }
  return { ...input, graph: { ...input.graph, nodes } };
}

describe('a fault of the prover', () => {
  test('is thrown, so that suites fail', async () => {
    await expect(auditProject(await faultyInput())).rejects.toThrow('nobody thought of this');
  });

  test('makes the model UNPROVEN, is told, and leaves the others alone, where that is asked for', async () => {
    const { results, diagnostics } = await auditProject(await faultyInput(), { faults: 'report' });
    const of = (model: string) => results.filter((one) => one.model === model);
    expect(of('good').map(({ column, verdict }) => [column, verdict])).toEqual([
      ['(rows)', 'PROVED'],
      ['n', 'PROVED'],
    ]);
    expect(of('bad').map(({ column, verdict, severity }) => [column, verdict, severity])).toEqual([
      ['(rows)', 'UNPROVEN', 'error'],
      ['n', 'UNPROVEN', 'error'],
    ]);
    expect(of('bad')[0]?.reason).toBe('internal error, please report it: nobody thought of this');
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['CH507', 'warning']]);
  });
});
