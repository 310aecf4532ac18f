import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typeDeclarations, writeFileWhole } from '#core';
import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { plural } from '../render/words.ts';
import { openProject } from '../session.ts';

const fileName = 'churn.d.ts';

export const typegen = command({
  name: 'typegen',
  group: 'build',
  summary: 'Write churn.d.ts: the columns of every source, seed and model as TypeScript types',
  details:
    'Typed files (features/, models/**/*.ts, macros/*.ts) are checked by tsc against these types. Commit the file, so ' +
    'that a checkout type-checks before anything is built.',
  flags: {
    ...projectFlags,
    check: { kind: 'boolean', summary: 'Write nothing; exit with 1 when the file on disk is another one' },
  },
  examples: [
    { line: 'churn typegen', says: 'After columns changed' },
    { line: 'churn typegen --check', says: 'In CI' },
  ],
  exits: [1, 3],
  run: async (context) => {
    const { project, rendered, graph, bound } = await openProject(context, { bind: true });
    if (bound === undefined) return exitCodes.engine;
    const text = typeDeclarations(project, rendered, graph, bound);
    bound.close();
    const file = join(project.root, fileName);
    const isSame = existsSync(file) && readFileSync(file, 'utf8') === text;
    const problem = context.flags.check || isSame ? undefined : writeFileWhole(file, text);
    if (problem !== undefined) {
      context.emit({ type: 'diagnostics', diagnostics: [problem] });
      return exitCodes.engine;
    }
    const counts = { models: rendered.nodes.size, sources: rendered.sources.size };
    const told = `${plural(counts.models, 'model')}, ${plural(counts.sources, 'source')}`;
    const verb = isSame ? 'is up to date' : context.flags.check ? 'is not up to date' : 'written';
    context.emit({
      type: 'data',
      text: `${fileName} ${verb}: ${told}`,
      records: [{ type: 'typegen', path: fileName, changed: !isSame, ...counts }],
    });
    if (context.flags.check && !isSame) {
      context.emit({ type: 'next', commands: ['churn typegen'] });
      return exitCodes.failed;
    }
    return exitCodes.done;
  },
});
