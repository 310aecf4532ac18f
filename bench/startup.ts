/**
 * Start-up of the command line against `node -e 0`: medians of interleaved runs, so that a busy machine slows all alike.
 *
 *     npm run bench:startup
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = resolve('bin/churn.cjs');
const rounds = 15;

interface Contender {
  readonly name: string;
  readonly argv: readonly string[];
  /** Most times `node -e 0` it may take; undefined: only told. */
  readonly limit?: number;
}

const contenders: readonly Contender[] = [
  { name: 'node -e 0', argv: ['-e', '0'] },
  { name: 'churn --version', argv: [binary, '--version'], limit: 1.3 },
  { name: 'churn --help', argv: [binary, '--help'], limit: 1.3 },
  { name: 'churn build --help', argv: [binary, 'build', '--help'], limit: 1.3 },
  { name: 'churn ls (small project)', argv: [binary, 'ls'] },
  { name: 'churn check (small project)', argv: [binary, 'check'] },
  // Goal: 300 ms for a project whose verdicts are known.
  { name: 'churn audit (unchanged)', argv: [binary, 'audit'] },
];

const folder = mkdtempSync(join(tmpdir(), 'churn-startup-'));
run([binary, 'init', '--name', 'startup']);
run([binary, 'check']);
run([binary, 'audit']);

const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
for (let round = 0; round < rounds; round++)
  for (const { name, argv } of contenders) times.get(name)?.push(run(argv));
rmSync(folder, { recursive: true, force: true });

const base = median(times.get('node -e 0') ?? []);
let slow = false;
for (const { name, limit } of contenders) {
  const time = median(times.get(name) ?? []);
  const ratio = time / base;
  const verdict = limit === undefined ? '' : ratio <= limit ? `within ${limit}x` : `OVER ${limit}x`;
  slow ||= limit !== undefined && ratio > limit;
  console.log(
    `${name.padEnd(28)} ${time.toFixed(0).padStart(5)} ms  ${ratio.toFixed(2)}x  ${verdict}`.trimEnd(),
  );
}
process.exitCode = slow ? 1 : 0;

/** Milliseconds from start to end of a process. */
function run(argv: readonly string[]): number {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
