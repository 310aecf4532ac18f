import { describe, expect, test } from 'vitest';
import { gateFlags } from '../../../cli/args/node-flags.ts';
import { parseCommandLine } from '../../../cli/args/parse.ts';
import { command } from '../../../cli/command.ts';

const build = command({
  name: 'build',
  group: 'build',
  summary: 'Build',
  flags: gateFlags,
  examples: [],
  exits: [],
  run: async () => 0,
});

const shell = command({
  name: 'completion',
  group: 'tools',
  summary: 'Completion',
  positionals: [{ name: 'shell', summary: '', required: true, choices: ['bash', 'fish'] }],
  flags: {},
  examples: [],
  exits: [],
  run: async () => 0,
});

const codes = (argv: readonly string[], of = build) =>
  parseCommandLine(of as never, argv).diagnostics.map(({ code }) => code);

describe('a command line', () => {
  test('gives every flag of the table a value', () => {
    const { values, diagnostics } = parseCommandLine(build, []);
    expect(diagnostics).toEqual([]);
    expect(values).toMatchObject({
      select: [],
      fullRefresh: false,
      threads: undefined,
      format: undefined,
      json: false,
    });
  });

  test('takes several words behind a list flag, as dbt does', () => {
    const { values, words } = parseCommandLine(build, [
      '-s',
      'a',
      '+b',
      '--exclude',
      'c',
      '-x',
      '--select',
      'd',
    ]);
    expect(values).toMatchObject({ select: ['a', '+b', 'd'], exclude: ['c'], failFast: true });
    expect(words).toEqual([]);
  });

  test('understands short flags in a bunch, joined values, aliases and --no-', () => {
    const { values } = parseCommandLine(build, [
      '-fx',
      '--threads=3',
      '-tprod',
      '--models',
      'm',
      '--no-full-refresh',
    ]);
    expect(values).toMatchObject({
      fullRefresh: false,
      failFast: true,
      threads: 3,
      target: 'prod',
      select: ['m'],
    });
  });

  test.each([
    ['an unknown flag', ['--selct', 'x'], ['CH902']],
    ['a flag without its value', ['--target'], ['CH903']],
    ['a choice that is none', ['--format', 'xml'], ['CH904']],
    ['a number that is none', ['--threads', 'two'], ['CH904']],
    ['a number too small', ['--threads', '0'], ['CH904']],
    ['a fraction', ['--threads', '1.5'], ['CH904']],
    ['a value for a switch', ['--full-refresh=yes'], ['CH904']],
    ['a word without a place', ['customer_360'], ['CH905']],
    ['two mistakes', ['--threads', '0', '--format', 'xml'], ['CH904', 'CH904']],
  ])('refuses %s', (_, argv, expected) => {
    expect(codes(argv)).toEqual(expected);
  });

  test('refuses a missing or wrong argument, but not beside --help', () => {
    expect(codes([], shell as never)).toEqual(['CH906']);
    expect(codes(['tcsh'], shell as never)).toEqual(['CH904']);
    expect(codes(['--help'], shell as never)).toEqual([]);
  });

  test('names what was probably meant', () => {
    const [flag] = parseCommandLine(build, ['--full-refersh']).diagnostics;
    expect(flag?.fix).toContain('--full-refresh');
    const [format] = parseCommandLine(build, ['--format', 'sarf']).diagnostics;
    expect(format?.fix).toContain('sarif');
    const [word] = parseCommandLine(build, ['orders']).diagnostics;
    expect(word?.fix).toContain('-s orders');
  });

  test('stops reading flags at --', () => {
    expect(parseCommandLine(build, ['--', '--json']).words).toEqual(['--json']);
  });
});
