/**
 * How long does it take to score? Whole processes of `churn score` on the reference project, built and trained: project read,
 * newest prediction time scored and explained, tables and Parquet written. 3,000 customers give some 1,000 rows there,
 * and then the goal is 0.6 s. Alternating with `node -e 0`, medians.
 *
 *     npm run bench:score -- --customers 3000 --runs 15
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const repository = process.cwd();
const { values } = parseArgs({
  options: { customers: { type: 'string', default: '3000' }, runs: { type: 'string', default: '15' } },
});
const root = join(repository, `target/bench/score-${values.customers}`);
const churn = join(repository, 'bin/churn.cjs');
const parts = [
  'churn_project.yml',
  'models',
  'macros',
  'seeds',
  'audits',
  'simulate',
  'snapshots',
  'features',
];
const goal = 0.6;

/** Seconds from start to end of a process, and what it printed. */
function timed(argv: readonly string[]): { readonly seconds: number; readonly stdout: string } {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}:\n${stderr}`);
  return { seconds: (performance.now() - begun) / 1000, stdout };
}

/** A project that has been built and trained; kept for the next run. */
function prepare(): void {
  if (existsSync(join(root, 'prepared'))) return;
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const part of parts) cpSync(join(repository, part), join(root, part), { recursive: true });
  timed([churn, 'simulate', '--customers', values.customers]);
  timed([churn, 'build']);
  timed([churn, 'train']);
  writeFileSync(join(root, 'prepared'), '');
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] as number;

prepare();
const { stdout } = timed([churn, 'score', '--json']);
const { rows } = JSON.parse(stdout.split('\n')[0] as string) as { rows: number };
const ours: number[] = [];
const bare: number[] = [];
for (let run = 0; run < Number(values.runs); run++) {
  ours.push(timed([churn, 'score']).seconds);
  bare.push(timed(['-e', '0']).seconds);
}
const seconds = median(ours);
console.log(`${rows} rows, medians of ${values.runs} alternating runs`);
console.log(
  `churn score  ${seconds.toFixed(3)} s  (${Math.min(...ours).toFixed(3)} to ${Math.max(...ours).toFixed(3)})`,
);
console.log(`node -e 0    ${median(bare).toFixed(3)} s`);
if (values.customers === '3000') {
  console.log(seconds <= goal ? `within ${goal} s` : `OVER ${goal} s`);
  process.exitCode = seconds <= goal ? 0 : 1;
}
