import { availableParallelism, totalmem } from 'node:os';
import { projectFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadOnly } from '../session.ts';
import { openTarget } from '../target.ts';
import { version } from '../version.ts';

export const debug = command({
  name: 'debug',
  group: 'tools',
  summary: 'Show versions, the project and the target, and try the connection',
  flags: projectFlags,
  examples: [{ line: 'churn debug', says: 'What to add to a bug report' }],
  exits: [3],
  run: async (context) => {
    const facts: [string, string][] = [
      ['churn', version],
      ['node', process.versions.node],
      ['platform', `${process.platform} ${process.arch}`],
      ['cores', String(availableParallelism())],
      ['memory', `${(totalmem() / 2 ** 30).toFixed(1)} GiB`],
    ];
    const project = await loadOnly(context);
    facts.push(
      ['project', `${project.name} at ${project.root}`],
      ['target', `${project.target.name} (${project.target.type})`],
    );
    if (project.target.type === 'duckdb') {
      const adapter = await openTarget(project, { readOnly: true });
      facts.push(['database', adapter.location]);
      const answer = await adapter.main.query('select version()');
      await adapter.close();
      facts.push(['duckdb', String(answer.rows[0]?.[0])], ['connection', 'works']);
    }
    const width = Math.max(...facts.map(([name]) => name.length));
    context.emit({
      type: 'data',
      text: facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n'),
      records: [{ type: 'debug', ...Object.fromEntries(facts) }],
    });
    return exitCodes.done;
  },
});
