/**
 * Are there false proofs among mutants of a project's own SQL? Bounds moved, operators flipped, filters dropped, columns
 * swapped, in any model upstream of an audited one; every column that is still PROVED is run on random databases,
 * whole and masked. Prints what it did; exits with 1 on a false proof.
 *
 *     npm run bench:audit-mutants -- --project . --mutants 500 --rounds 300
 *
 * @module
 */
import { parseArgs } from 'node:util';
import type { RenderedNode } from '../core/2-render/index.ts';
import { type AuditInput, auditProject } from '../core/5-audit/index.ts';
import { closureIds } from '../core/5-audit/model/closure-ids.ts';
import { Random } from '../core/5-audit/witness/random.ts';
import { compileProject } from '../core/pipeline.ts';
import { fuzzProofs } from '../tests/core/5-audit/support/fuzz.ts';

const { values } = parseArgs({
  options: {
    project: { type: 'string', default: '.' },
    mutants: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '100000' },
  },
});
const random = new Random(Number(values.seed));
const swaps: readonly (readonly [RegExp, readonly string[]])[] = [
  [/<=/g, ['<', '>=', '=']],
  [/>=/g, ['>', '<=']],
  [/ < /g, [' <= ', ' > ']],
  [/ > /g, [' >= ', ' < ']],
  [/\b(\d{1,3})(?= day)/g, ['0', '1', '365', '(-1)']],
  [
    /\b(loaded_at|available_at|known_from)\b/g,
    ['event_ts', 'opened_at', 'activity_date', 'prediction_time', 'signed_up_at'],
  ],
  [/\b(event_ts|opened_at|activity_date|purchase_date)\b/g, ['loaded_at', 'available_at', 'closed_at']],
  [/\bleft join\b/g, ['join']],
  [/\banti join\b/g, ['semi join']],
  [/\band\b/g, ['or']],
  [/\bmin\(/g, ['max(']],
  [/\bmax\(/g, ['min(']],
  [/\bdesc\b/g, ['']],
  [/- interval/g, ['+ interval']],
  [/\band [a-z_.]+ (<=|<|>=|>) [a-z_.]+\b/g, ['']],
];

function mutate(sql: string): string | undefined {
  const [pattern, replacements] = random.pick(swaps);
  const places = [...sql.matchAll(pattern)];
  if (places.length === 0) return undefined;
  const place = random.pick(places);
  return sql.slice(0, place.index) + random.pick(replacements) + sql.slice(place.index + place[0].length);
}

const compiled = await compileProject({ projectDir: values.project as string, cache: false });
if (compiled.project === undefined || compiled.bound === undefined)
  throw new Error('the project does not compile');
const base: AuditInput = { rendered: compiled.rendered, graph: compiled.graph, bound: compiled.bound };
const audited = [...base.graph.nodes.values()].filter(
  (node): node is RenderedNode => node.kind === 'model' && node.pointInTime !== undefined,
);
const started = performance.now();
const counts = {
  mutants: 0,
  unbound: 0,
  columns: 0,
  proved: 0,
  refuted: 0,
  unproven: 0,
  runs: 0,
  falseProofs: 0,
};
while (
  counts.mutants < Number(values.mutants) &&
  performance.now() - started < Number(values.seconds) * 1000
) {
  const target = random.pick(audited);
  const models = closureIds(base, target.uniqueId).filter((id) => base.graph.nodes.get(id)?.kind === 'model');
  const id = random.pick(models);
  const node = base.graph.nodes.get(id) as RenderedNode;
  const sql = mutate(node.sql);
  if (sql === undefined || sql === node.sql) continue;
  const nodes = new Map(base.graph.nodes).set(id, { ...node, sql });
  const input: AuditInput = { ...base, graph: { ...base.graph, nodes } };
  const report = await auditProject(input, { models: new Set([target.uniqueId]), attempts: 0 });
  if (report.results.some(({ reason }) => reason?.includes('cannot be planned'))) {
    counts.unbound += 1;
    continue;
  }
  counts.mutants += 1;
  counts.columns += report.results.length;
  counts.proved += report.summary.proved;
  counts.refuted += report.summary.refuted;
  counts.unproven += report.summary.unproven;
  const only: AuditInput = {
    ...input,
    graph: {
      ...input.graph,
      nodes: new Map(
        [...nodes].filter(
          ([other, one]) =>
            other === target.uniqueId ||
            one.kind !== 'model' ||
            one.pointInTime === undefined ||
            closureIds(base, target.uniqueId).includes(other),
        ),
      ),
    },
  };
  const fuzzed = await fuzzProofs(only, report, Number(values.rounds), counts.mutants).catch(() => undefined);
  if (fuzzed === undefined) {
    // Its columns got other names: what reads it no longer binds.
    counts.unbound += 1;
    continue;
  }
  const { found, ran } = fuzzed;
  counts.runs += ran;
  counts.falseProofs += found.length;
  for (const one of found) console.log('FALSE PROOF', node.name, JSON.stringify(one), '\n', sql);
  if (counts.mutants % 10 === 0)
    console.log(JSON.stringify(counts), ((performance.now() - started) / 1000).toFixed(0), 's');
}
console.log(JSON.stringify(counts), ((performance.now() - started) / 1000).toFixed(0), 's');
compiled.bound.close();
process.exitCode = counts.falseProofs > 0 ? 1 : 0;
