/**
 * Every PROVED column of every case in tests/golden/audit, leaking or clean, on random databases, whole and
 * masked. The share of the table's leaks that these databases show by themselves says what their silence is worth.
 *
 *     node tests/peers/audit/run.mjs table --rounds 300 --seed 1   (in the repository's root)
 *
 * @module
 */
import { parseArgs } from 'node:util';
import { auditProject } from '../../../core/5-audit/index.ts';
import { queries } from '../../core/5-audit/support/any-sql.ts';
import { fuzzProofs } from '../../core/5-audit/support/fuzz.ts';
import { testInput } from '../../core/5-audit/support/project.ts';
import { sources } from '../../core/5-audit/support/sources.ts';
import { readTable } from '../../core/5-audit/support/table.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    /** Only the cases of one file. */
    file: { type: 'string' },
    /** The least share of the leaks that random databases must show by themselves, in per cent. */
    power: { type: 'string', default: '0' },
    /** Ends at the first false proof. */
    first: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const started = performance.now();
const counts = { cases: 0, proved: 0, databases: 0, falseProofs: 0, leaks: 0, caught: 0 };
const missed: string[] = [];
const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
/** Queries nobody writes every day, beside the table's cases. */
const odd = queries.map((sql) => ({
  file: 'any-sql',
  name: sql,
  models: { gold: { sql, pointInTime } },
  leaks: [] as readonly string[],
}));
for (const { file, name, models, leaks } of [...readTable('tests/golden/audit'), ...odd]) {
  if (values.file !== undefined && values.file !== file) continue;
  const input = await testInput({ sources, models }).catch(() => undefined);
  if (input === undefined) continue;
  const report = await auditProject(input, { attempts: 0 });
  const {
    found,
    leaks: shown,
    ran,
  } = await fuzzProofs(input, report, {
    rounds: Number(values.rounds),
    seed: Number(values.seed),
  });
  counts.cases += 1;
  counts.proved += report.summary.proved;
  counts.databases += ran;
  counts.falseProofs += found.length;
  counts.leaks += leaks.length;
  const caught = leaks.filter((column) => shown.has(`gold.${column}`));
  counts.caught += caught.length;
  if (caught.length < leaks.length) missed.push(`${file}: ${name}`);
  for (const one of found) console.log('FALSE PROOF', file, name, JSON.stringify(one));
  if (values.verbose) console.log(file, name, `${report.summary.proved} proved, ${ran} databases`);
  if (found.length > 0 && values.first) break;
}
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `table, seed ${values.seed}, ${values.rounds} databases each: ${JSON.stringify(counts)}; ${seconds} s`,
);
for (const one of missed) console.log(`  not shown by random databases: ${one}`);
if (counts.falseProofs > 0 || counts.caught * 100 < counts.leaks * Number(values.power)) process.exitCode = 1;
