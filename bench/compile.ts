/**
 * How fast is a project of 10,000 models and 20,000 tests? Times the command line on a generated project: cold (no
 * caches), warm, after one edited file, `ls`, and start-up against bare Node. Then says where the time goes by phase.
 *
 *     npm run bench:compile -- --models 10000 --runs 5
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileProject } from '../core/pipeline.ts';
import { generateProject } from './generate-project.ts';

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '5' },
    /** Used by the benchmark on itself: compiles once and prints the times of the phases. */
    phases: { type: 'string' },
  },
});

const repository = process.cwd();
const churn = join(repository, 'bin/churn.cjs');
const root = join(repository, 'target/bench/compile');
const project = join(root, 'project');

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

interface Row {
  readonly what: string;
  readonly goal: string;
  readonly timed: Timed;
  readonly met: boolean;
}

function benchmark(): void {
  const runs = Number(values.runs);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'usage.cjs'), usage);
  const generated = generateProject(project, { models: Number(values.models) });
  const edited = join(project, generated.editable);
  const forget = () => rmSync(join(project, 'target'), { recursive: true, force: true });
  const check = () => timed([churn, 'check', '--project-dir', project]);
  check();
  const cold = medianOf(Math.min(runs, 3), check, forget);
  const warm = medianOf(runs, check);
  let edits = 0;
  const edit = () => appendFileSync(edited, `\n-- edit\n`);
  const oneEdited = medianOf(runs, check, edit);
  const original = readFileSync(edited, 'utf8');
  const another = () =>
    writeFileSync(edited, original.replace(/select\b/i, `select ${++edits} as edit_${edits},`));
  const newColumn = medianOf(runs, check, another);
  const ls = medianOf(runs, () => timed([churn, 'ls', '--project-dir', project]));
  const bare = medianOf(15, () => timed(['-e', '0']));
  const version = medianOf(15, () => timed([churn, '--version']));
  const rows: readonly Row[] = [
    row('check, cold', '8 s, 800 MB', cold, cold.seconds <= 8 && cold.peakMb <= 800),
    row('check, nothing changed', '', warm, true),
    row('check, one file edited', '0.8 s', oneEdited, oneEdited.seconds <= 0.8),
    row('check, one file edited, new column', '0.8 s', newColumn, newColumn.seconds <= 0.8),
    row('ls', '1.5 s', ls, ls.seconds <= 1.5),
    row('node -e 0', '', bare, true),
    row(
      'churn --version',
      `${(bare.seconds * 1.3).toFixed(3)} s`,
      version,
      version.seconds <= bare.seconds * 1.3,
    ),
  ];
  const { models, tests, files } = generated;
  const machine = `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`;
  console.log(`${models} models, ${tests} tests, ${files} files; medians of ${runs}; ${machine}\n`);
  console.log('| what | wall, s | CPU, s | peak, MB | goal | met |\n|---|---|---|---|---|---|');
  for (const { what, goal, timed: t, met } of rows) {
    const figures = `${t.seconds.toFixed(3)} | ${t.cpuSeconds.toFixed(3)} | ${t.peakMb.toFixed(0)}`;
    console.log(`| ${what} | ${figures} | ${goal} | ${goal === '' ? '' : met ? 'yes' : 'no'} |`);
  }
  console.log('\nWhere the time goes (milliseconds by phase, in one process):\n');
  forget();
  const phases = [phasesOf('cold'), phasesOf('warm')];
  edit();
  phases.push(phasesOf('one file edited'));
  console.log('| run | load | render | graph | bind | save |\n|---|---|---|---|---|---|');
  for (const line of phases) console.log(line);
}

function row(what: string, goal: string, timed: Timed, met: boolean): Row {
  return { what, goal, timed, met };
}

function phasesOf(run: string): string {
  const script = process.argv[1] as string;
  const { stdout } = spawnSync(process.execPath, [script, '--phases', project], { encoding: 'utf8' });
  const times = JSON.parse(stdout) as Record<string, number>;
  const cells = ['load', 'render', 'graph', 'bind', 'save'].map((phase) => (times[phase] ?? 0).toFixed(0));
  return `| ${run} | ${cells.join(' | ')} |`;
}

async function printPhases(projectDir: string): Promise<void> {
  const compiled = await compileProject({ projectDir });
  if (compiled.project === undefined) throw new Error('the generated project cannot be read');
  console.log(JSON.stringify(compiled.times));
  compiled.bound?.close();
}

/** Runs a process and answers with its wall time, CPU time of all its threads and peak memory. */
function timed(args: readonly string[]): Timed {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--require', join(root, 'usage.cjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - begin) / 1000;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`);
  const [, rss, cpu] = /usage (\d+) (\d+)/.exec(stderr) ?? [];
  return { seconds, peakMb: Number(rss) / 1024, cpuSeconds: Number(cpu) / 1e6 };
}

function medianOf(runs: number, run: () => Timed, before: () => void = () => undefined): Timed {
  const all = Array.from({ length: runs }, () => {
    before();
    return run();
  });
  const median = (of: (timed: Timed) => number) =>
    all.map(of).sort((a, b) => a - b)[Math.floor(all.length / 2)] as number;
  return {
    seconds: median((one) => one.seconds),
    cpuSeconds: median((one) => one.cpuSeconds),
    peakMb: Math.max(...all.map((one) => one.peakMb)),
  };
}

/** Loaded before a process's own script: tells its peak memory (KB) and CPU time (microseconds) when it ends. */
const usage = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write('usage ' + maxRSS + ' ' + (userCPUTime + systemCPUTime) + '\\n');
});
`;

if (values.phases === undefined) benchmark();
else await printPhases(values.phases);
