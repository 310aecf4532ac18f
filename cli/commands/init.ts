import { basename, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { reportCli } from '#core';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';
import { plural } from '../render/words.ts';
import { inTheWay, planScaffold, projectNameOf, writeScaffold } from '../scaffold.ts';

export const init = command({
  name: 'init',
  group: 'project',
  summary: 'Scaffold a small working project: a source, models, tests, a leakage policy',
  details:
    'Asks for the name on a terminal; elsewhere takes the flags. Files that exist are never overwritten.',
  positionals: [{ name: 'folder', summary: 'Where to put it (default: here)' }],
  flags: {
    name: {
      kind: 'string',
      placeholder: 'NAME',
      summary: "Name of the project: lower case letters, digits, underscores (default: the folder's)",
    },
    dryRun: { kind: 'boolean', summary: 'List the files; write nothing' },
  },
  examples: [
    { line: 'churn init shop', says: 'A project in the new folder shop' },
    { line: 'churn init --name shop', says: 'A project in this folder, without questions' },
  ],
  exits: [0],
  run: async ({ flags, words, cwd, interactive, emit }) => {
    const root = resolve(cwd, words[0] ?? '.');
    const suggested = projectNameOf(basename(root));
    const name = flags.name ?? (interactive ? await ask('Name of the project', suggested) : suggested);
    if (!/^[a-z][a-z0-9_]*$/.test(name))
      fail(
        reportCli('CH904', {
          flag: '--name',
          value: name,
          expected: 'lower case letters, digits and underscores, a letter first',
          nearest: projectNameOf(name),
        }),
      );
    const files = planScaffold('starter', name);
    const first = inTheWay(root, files)[0];
    if (first !== undefined) fail(reportCli('CH909', { path: first, doing: 'a new project' }));
    if (!flags.dryRun) writeScaffold(root, files);
    emit({
      type: 'data',
      text: files.map(({ path }) => path).join('\n'),
      records: files.map(({ path }) => ({ type: 'file', path })),
    });
    if (flags.dryRun) return exitCodes.done;
    emit({
      type: 'note',
      level: 'success',
      text: `Project ${name} is ready: ${plural(files.length, 'file')}.`,
    });
    const there = relative(cwd, root);
    emit({ type: 'next', commands: [...(there === '' ? [] : [`cd ${there}`]), 'churn build'] });
    return exitCodes.done;
  },
});

async function ask(question: string, suggested: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question} [${suggested}]: `)).trim() || suggested;
  } finally {
    terminal.close();
  }
}
