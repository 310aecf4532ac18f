/**
 * SQL that was thought up against the prover, in tests/peers/audit/odd: conditions that seem to bound an event, aggregates that
 * seem to pass over late rows, orders and frames that seem to look back. What is PROVED is run on random databases.
 *
 *     node tests/peers/audit/run.mjs odd --rounds 30 --seed 1
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { auditProject } from '../../../core/5-audit/index.ts';
import { fuzzProofs } from '../../core/5-audit/support/fuzz.ts';
import { testInput } from '../../core/5-audit/support/project.ts';
import { sources } from '../../core/5-audit/support/sources.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
  },
});
const lines = (name: string): string[] =>
  readFileSync(`tests/peers/audit/odd/${name}.sql`, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('--'));

const keys = 's.customer_id, s.prediction_time';
const ofCustomer = 'e.customer_id = s.customer_id';
/** The same of rows whose arrival may be unknown. */
const ofFeed = (condition: string): string =>
  condition.replaceAll('e.event_id', 'e.quantity').replaceAll('e.kind', 'e.amount::varchar');
const all = [
  ...lines('conditions').flatMap((condition) => [
    `select ${keys}, count(e.event_id) as v from raw.spine s left join raw.events e on ${ofCustomer} and (${condition}) group by all`,
    `select ${keys}, count(e.customer_id) as v from raw.spine s left join raw.feed e on ${ofCustomer} and (${ofFeed(condition)}) group by all`,
  ]),
  ...lines('aggregates').flatMap((aggregate) => [
    `select ${keys}, ${aggregate} as v from raw.spine s left join raw.events e on ${ofCustomer} group by all`,
    `select ${keys}, (select ${aggregate} from raw.events e where ${ofCustomer}) as v from raw.spine s`,
  ]),
  ...lines('queries'),
];
const started = performance.now();
const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const counts = { queries: 0, unbound: 0, proved: 0, unproven: 0, databases: 0, falseProofs: 0 };
for (const sql of all) {
  const input = await testInput({ sources, models: { gold: { sql, pointInTime } } }).catch(() => undefined);
  if (input === undefined) {
    counts.unbound += 1;
    continue;
  }
  const report = await auditProject(input, { attempts: 0, witnesses: false });
  counts.queries += 1;
  counts.proved += report.summary.proved;
  counts.unproven += report.summary.unproven;
  if (report.summary.proved === 0) continue;
  const { found, ran } = await fuzzProofs(input, report, {
    rounds: Number(values.rounds),
    seed: Number(values.seed),
  });
  counts.databases += ran;
  counts.falseProofs += found.length;
  for (const one of found) console.log('FALSE PROOF', sql, JSON.stringify(one));
  if (values.verbose) console.log(report.results.map(({ verdict }) => verdict).join(), ran, sql);
}
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `odd, seed ${values.seed}, ${values.rounds} databases each: ${JSON.stringify(counts)}; ${seconds} s`,
);
if (counts.falseProofs > 0) process.exitCode = 1;
