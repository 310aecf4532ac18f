import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { plural } from '../render/words.ts';
import { runSimulation } from '../simulation.ts';

export const simulate = command({
  name: 'simulate',
  group: 'project',
  summary: "Write the project's raw files from the SQL under simulate/",
  details:
    'Runs the files in the order of their names on an in-memory engine, with the flags as Jinja variables.\nDeterministic by seed. The files are published together when all are complete, or not at all.',
  flags: {
    ...projectFlags,
    customers: {
      kind: 'number',
      placeholder: 'N',
      integer: true,
      min: 1,
      summary: 'How many customers (variable `customers`)',
    },
    seed: {
      kind: 'number',
      placeholder: 'N',
      integer: true,
      summary: 'The draw: the same seed, the same files (variable `seed`)',
    },
    months: {
      kind: 'number',
      placeholder: 'N',
      integer: true,
      min: 1,
      summary: 'How many prediction times to cover (variable `months`)',
    },
    output: {
      kind: 'string',
      placeholder: 'DIR',
      summary: 'Folder for the files (variable `output`; default: data)',
    },
    dryRun: { kind: 'boolean', summary: 'Print the SQL; run nothing' },
  },
  examples: [
    { line: 'churn simulate', says: 'The default company, into data/' },
    { line: 'churn simulate --customers 10000 --seed 7', says: 'A smaller company, another draw' },
  ],
  exits: [3],
  run: async (context) => {
    const { files, seconds } = await runSimulation(context, context.flags);
    context.emit({
      type: 'data',
      text: files.map(({ path }) => path).join('\n'),
      records: files.map(({ path, bytes }) => ({ type: 'file', path, bytes })),
    });
    if (context.flags.dryRun) return exitCodes.done;
    context.emit({
      type: 'note',
      level: 'success',
      text: `${plural(files.length, 'file')} in ${seconds.toFixed(1)}s.`,
    });
    context.emit({ type: 'next', commands: ['churn build'] });
    return exitCodes.done;
  },
});
