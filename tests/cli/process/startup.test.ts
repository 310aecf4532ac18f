import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandNames } from '../../../cli/commands/index.ts';
import { binary, churn, environment, temporaryFolder } from './run-churn.ts';

const bundle = join(import.meta.dirname, '../../../dist/cli');
const heavy = /^(@duckdb\/node-api|ink|react|zod|@dagrejs\/dagre|jiti|kysely)(\/|$)/;

/** The bundled file of a command. */
function chunkOf(command: string): string {
  const file = readdirSync(bundle).find(
    (name) => new RegExp(`^${command}-[A-Z0-9]{8}\\.js$`).test(name) && isCommand(name, command),
  );
  expect(file, `no chunk for ${command}`).toBeDefined();
  return join(bundle, file as string);
}

function isCommand(file: string, command: string): boolean {
  const { sources } = JSON.parse(readFileSync(join(bundle, `${file}.map`), 'utf8')) as { sources: string[] };
  return sources.some((source) => source.endsWith(`cli/commands/${command}.ts`));
}

/** Packages that a file imports before any of its code runs, through all the chunks it imports. */
function packagesOf(start: string): readonly string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    // Long lines are cut, within strings too.
    const code = readFileSync(file, 'utf8').replaceAll('\\\n', '');
    if (code.includes('("../duckdb.cjs")')) packages.add('@duckdb/node-api');
    for (const [, from] of code.matchAll(/(?:^|[\n;])(?:import|export)\b[^;"'()]*["']([^"']+)["']/g)) {
      if (from?.startsWith('.')) visit(join(dirname(file), from));
      else if (from !== undefined && !from.startsWith('node:')) packages.add(from);
    }
  };
  visit(start);
  return [...packages];
}

describe('what start-up loads', () => {
  test('the entry loads nothing heavy', () => {
    expect(packagesOf(join(bundle, 'main.js')).filter((name) => heavy.test(name))).toEqual([]);
  });

  test('the engine is seen where it is loaded', () => {
    const chunks = readdirSync(bundle).filter((name) => name.endsWith('.js'));
    expect(chunks.filter((name) => packagesOf(join(bundle, name)).includes('@duckdb/node-api'))).not.toEqual(
      [],
    );
  });

  test.each(['ls', 'evaluate', 'clean', 'init', 'retry', 'check'])(
    '%s starts without engine, Ink and charts',
    (command) => {
      const loaded = packagesOf(chunkOf(command)).filter((name) => heavy.test(name));
      expect(loaded.filter((name) => command !== 'retry' || name !== '@duckdb/node-api')).toEqual([]);
    },
  );

  test.each(commandNames)('%s does not load Ink before there is something to draw', (command) => {
    expect(packagesOf(chunkOf(command)).filter((name) => /^(ink|react)(\/|$)/.test(name))).toEqual([]);
  });

  test('ls runs to its end without the engine in the process', () => {
    const folder = temporaryFolder();
    expect(churn(folder, ['init', '--name', 'shop']).code).toBe(0);
    const spy = `process.on('exit', () => process._rawDebug(process.report.getReport().sharedObjects.filter((file) => /duckdb/.test(file)).join()))`;
    const run = (command: string) =>
      spawnSync(
        process.execPath,
        ['--import', `data:text/javascript,${encodeURIComponent(spy)}`, binary, command],
        {
          cwd: folder,
          env: environment,
          encoding: 'utf8',
        },
      );
    expect(run('debug').stderr).toContain('duckdb');
    const listed = run('ls');
    expect(listed.stdout).toContain('shop.gold.customer_features');
    expect(listed.stderr).not.toContain('duckdb');
  });
});

describe('version and help', () => {
  test.each(['--version', '-V'])('%s prints the version of package.json', (flag) => {
    const { version } = JSON.parse(readFileSync(join(bundle, '../../package.json'), 'utf8'));
    expect(churn('/', [flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('are the same whether from text or from the table', () => {
    expect(existsSync(join(bundle, 'help.json'))).toBe(true);
    const fromText = churn('/', ['build', '--help']);
    const fromTable = churn('/', ['build', '--help', '--no-color']);
    expect(fromText.stdout).toBe(fromTable.stdout);
    expect(churn('/', ['help', 'build']).stdout).toBe(fromText.stdout);
    expect(churn('/', []).stdout).toBe(churn('/', ['--help']).stdout);
  });
});
