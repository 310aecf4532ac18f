/**
 * What does `churn build` cost over its SQL? The reference project is built by the command line and by a bare script that
 * runs the same compiled statements in order on one DuckDB connection: no transactions, no events, no artifacts.
 * Alternating runs on fresh databases, medians of whole processes. Goal: at most 1.10.
 *
 *     npm run bench:build -- --customers 50000 --runs 5
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const repository = process.cwd();
const { values } = parseArgs({
  options: { customers: { type: 'string', default: '50000' }, runs: { type: 'string', default: '5' } },
});
const root = join(repository, 'target/bench/build');
const churn = join(repository, 'bin/churn.cjs');

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly stdout: string;
}

/** Runs a process and answers with its wall time, CPU time of all its threads and peak memory. */
function timed(args: readonly string[]): Timed {
  const begin = performance.now();
  const measured = ['--require', join(root, 'usage.cjs'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, measured, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}\n${stdout}`);
  const seconds = (performance.now() - begin) / 1000;
  const [, rss, cpu] = /usage (\d+) (\d+)/.exec(stderr) ?? [];
  return { seconds, stdout, peakMb: Number(rss) / 1024, cpuSeconds: Number(cpu) / 1e6 };
}

/** Loaded before a process's own script: tells its peak memory (KB) and CPU time (microseconds) when it ends. */
const usage = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write('usage ' + maxRSS + ' ' + (userCPUTime + systemCPUTime) + '\\n');
});
`;

const bare = `const { DuckDBInstance } = require(${JSON.stringify(join(repository, 'node_modules/@duckdb/node-api'))});
const { readFileSync } = require('node:fs');
(async () => {
  const instance = await DuckDBInstance.create('bare.duckdb', { memory_limit: '2GB' });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  await connection.run(readFileSync('script.sql', 'utf8'));
  connection.closeSync();
  instance.closeSync();
})();
`;

function prepare(): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'usage.cjs'), usage);
  for (const part of [
    'churn_project.yml',
    'models',
    'macros',
    'seeds',
    'audits',
    'simulate',
    'snapshots',
    'features',
  ]) {
    rmSync(join(root, part), { recursive: true, force: true });
    if (existsSync(join(repository, part)))
      cpSync(join(repository, part), join(root, part), { recursive: true });
  }
  const stamp = join(root, `data/.customers-${values.customers}`);
  if (!existsSync(stamp)) {
    rmSync(join(root, 'data'), { recursive: true, force: true });
    const { seconds } = timed([churn, 'simulate', '--customers', values.customers, '--quiet']);
    writeFileSync(stamp, '');
    console.log(`simulated ${values.customers} customers in ${seconds.toFixed(1)} s`);
  }
  rmSync(join(root, 'target'), { recursive: true, force: true });
  const script = timed([churn, 'build', '--dry-run', '--quiet']).stdout;
  writeFileSync(join(root, 'script.sql'), script.replace(/^(begin transaction|commit);$/gm, ''));
  writeFileSync(join(root, 'bare.cjs'), bare);
}

function remove(...names: readonly string[]): void {
  for (const name of names) for (const end of ['', '.wal']) rmSync(join(root, name + end), { force: true });
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] as number;

prepare();
const ours: (Timed & { inside: number })[] = [];
const theirs: Timed[] = [];
for (let run = 0; run < Number(values.runs); run++) {
  remove('target/churn.duckdb');
  const built = timed([churn, 'build', '--json']);
  const end = built.stdout.split('\n').find((line) => line.includes('"type":"run-end"')) ?? '{}';
  ours.push({ ...built, inside: Number((JSON.parse(end) as { seconds?: number }).seconds) });
  remove('bare.duckdb');
  theirs.push(timed([join(root, 'bare.cjs')]));
  const wall = [ours, theirs].map((list) => (list.at(-1) as Timed).seconds.toFixed(2));
  console.log(`run ${run + 1}: churn ${wall[0]} s, bare script ${wall[1]} s`);
}
const of = (list: readonly Timed[], key: 'seconds' | 'cpuSeconds' | 'peakMb') =>
  median(list.map((one) => one[key]));
const line = (name: string, list: readonly Timed[]) =>
  console.log(
    `${name.padEnd(12)} ${of(list, 'seconds').toFixed(2)} s wall, ${of(list, 'cpuSeconds').toFixed(2)} s CPU, peak ${of(list, 'peakMb').toFixed(0)} MB`,
  );
console.log(
  `\n${values.customers} customers, ${cpus().length} cores, medians of ${values.runs} alternating runs`,
);
line('churn build', ours);
console.log(`  of which running the plan ${median(ours.map(({ inside }) => inside)).toFixed(2)} s`);
line('bare script', theirs);
const ratio = (key: 'seconds' | 'cpuSeconds') => (of(ours, key) / of(theirs, key)).toFixed(3);
console.log(`ratio        ${ratio('seconds')} wall (goal: at most 1.10), ${ratio('cpuSeconds')} CPU`);
