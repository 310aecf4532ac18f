/**
 * Random SQL from a grammar: each query is audited, which must end with a verdict, and what is PROVED of it is run on
 * random databases, whole and masked.
 *
 *     node tests/peers/audit/run.mjs grammar --queries 1000 --rounds 300 --seed 1
 *
 * @module
 */
import { parseArgs } from 'node:util';
import { auditProject } from '../../../core/5-audit/index.ts';
import { Random } from '../../../core/5-audit/witness/random.ts';
import { fuzzProofs } from '../../core/5-audit/support/fuzz.ts';
import { randomModel } from '../../core/5-audit/support/grammar.ts';
import { testInput } from '../../core/5-audit/support/project.ts';
import { sources } from '../../core/5-audit/support/sources.ts';

const { values } = parseArgs({
  options: {
    queries: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    first: { type: 'boolean', default: false },
  },
});
const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const random = new Random(Number(values.seed));
const started = performance.now();
const counts = {
  queries: 0,
  unbound: 0,
  columns: 0,
  proved: 0,
  refuted: 0,
  unproven: 0,
  databases: 0,
  falseProofs: 0,
  crashes: 0,
  caught: 0,
  /** Columns that only random databases show to leak. */
  missedByWitness: 0,
  slowest: 0,
};
while (counts.queries < Number(values.queries)) {
  const sql = randomModel(random);
  const input = await testInput({ sources, models: { gold: { sql, pointInTime } } }).catch(() => undefined);
  if (input === undefined) {
    counts.unbound += 1;
    continue;
  }
  counts.queries += 1;
  const before = performance.now();
  // Looking for witnesses takes most of the time: every tenth query is enough to measure the databases' power.
  const witnesses = counts.queries % 10 === 0;
  const report = await auditProject(input, { attempts: 0, witnesses }).catch((error: Error) => error);
  counts.slowest = Math.max(counts.slowest, Math.round(performance.now() - before));
  if (report instanceof Error) {
    counts.crashes += 1;
    console.log('CRASH', report.stack, '\n', sql);
    continue;
  }
  counts.columns += report.summary.columns;
  counts.proved += report.summary.proved;
  counts.refuted += report.summary.refuted;
  counts.unproven += report.summary.unproven;
  const fuzzed = await fuzzProofs(input, report, { rounds: Number(values.rounds), seed: counts.queries });
  counts.databases += fuzzed.ran;
  counts.falseProofs += fuzzed.found.length;
  const refuted = report.results.filter(({ verdict }) => verdict === 'REFUTED');
  const caught = refuted.filter(({ column }) => fuzzed.leaks.has(`gold.${column}`)).length;
  counts.caught += caught;
  if (witnesses) counts.missedByWitness += fuzzed.leaks.size - caught;
  for (const one of fuzzed.found) console.log('FALSE PROOF', JSON.stringify(one), '\n', sql);
  if (fuzzed.found.length > 0 && values.first) break;
  if (counts.queries % 50 === 0)
    console.log(`${Math.round((performance.now() - started) / 1000)} s`, JSON.stringify(counts));
}
const seconds = Math.round((performance.now() - started) / 1000);
const score = counts.refuted === 0 ? 100 : Math.round((1000 * counts.caught) / counts.refuted) / 10;
console.log(
  `grammar, seed ${values.seed}, ${values.rounds} databases each: ${JSON.stringify(counts)}; random databases show ${score} % of what is refuted; ${seconds} s`,
);
if (counts.falseProofs > 0 || counts.crashes > 0) process.exitCode = 1;
