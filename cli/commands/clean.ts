import { existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadOnly } from '../session.ts';

export const clean = command({
  name: 'clean',
  group: 'tools',
  summary: 'Remove the target folder: compiled SQL, artifacts, runs, and a database kept in it',
  flags: {
    projectDir: projectFlags.projectDir,
    targetPath: projectFlags.targetPath,
    dryRun: { kind: 'boolean', summary: 'Say what would be removed; remove nothing' },
  },
  examples: [
    { line: 'churn clean', says: 'Start afresh; sources are left alone' },
    { line: 'churn clean --dry-run', says: 'Look first' },
  ],
  exits: [3],
  run: async (context) => {
    const project = await loadOnly(context);
    const folder = join(project.root, project.paths.target);
    const inside = relative(project.root, folder);
    if (inside === '' || inside.startsWith('..') || !existsSync(folder)) {
      context.emit({ type: 'note', level: 'info', text: `Nothing to remove at ${project.paths.target}.` });
      return exitCodes.done;
    }
    if (!context.flags.dryRun) rmSync(folder, { recursive: true });
    context.emit({
      type: 'data',
      text: inside,
      records: [{ type: 'removed', path: inside, dry_run: context.flags.dryRun }],
    });
    return exitCodes.done;
  },
});
