import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { plural } from '../render/words.ts';
import { openProject } from '../session.ts';

export const check = command({
  name: 'check',
  group: 'build',
  summary: 'Load, render and type-check everything: every error at once, no data touched',
  details: 'Audit rules (audits/*.ts) are evaluated too; `churn audit` runs them.',
  flags: projectFlags,
  examples: [
    { line: 'churn check', says: 'Before every commit' },
    { line: 'churn check --json', says: 'Diagnostics as JSON lines, for an editor' },
  ],
  exits: [3],
  run: async (context) => {
    const started = performance.now();
    const { rendered } = await openProject(context, { bind: true, rules: true });
    const seconds = (performance.now() - started) / 1000;
    const counts = { nodes: rendered.nodes.size, tests: rendered.tests.size, sources: rendered.sources.size };
    const told = [
      plural(counts.nodes, 'node'),
      plural(counts.tests, 'test'),
      plural(counts.sources, 'source'),
    ];
    context.emit({
      type: 'data',
      text: `No errors: ${told.join(', ')} in ${seconds.toFixed(2)}s`,
      records: [{ type: 'check', ...counts, seconds }],
    });
    context.emit({ type: 'next', commands: ['churn build'] });
    return exitCodes.done;
  },
});
