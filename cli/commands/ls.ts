import { projectFlags, selectionFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { selectNodes } from '../selection.ts';
import { openProject } from '../session.ts';

export const ls = command({
  name: 'ls',
  group: 'inspect',
  summary: 'List the nodes of a selection',
  flags: {
    ...selectionFlags,
    ...projectFlags,
    output: {
      kind: 'choice',
      choices: ['selector', 'name', 'path', 'unique_id'],
      summary: 'What to print of each node (default: selector)',
    },
  },
  examples: [
    { line: 'churn ls', says: 'Everything' },
    { line: 'churn ls -s +customer_360 --resource-type model', says: 'The models behind one model' },
    { line: 'churn ls -s state:modified --state prod/target --json', says: 'What changed, and why' },
  ],
  exits: [3, 4],
  run: async (context) => {
    const opened = await openProject(context, { bind: false });
    const chosen = await selectNodes(context, opened);
    if (chosen.length === 0) return exitCodes.nothing;
    const lines = chosen.map(({ selector, name, path, uniqueId }) => {
      const { output } = context.flags;
      return output === 'name'
        ? name
        : output === 'path'
          ? path
          : output === 'unique_id'
            ? uniqueId
            : selector;
    });
    context.emit({
      type: 'data',
      text: lines.join('\n'),
      records: chosen.map((node) => ({
        type: 'node',
        unique_id: node.uniqueId,
        resource_type: node.kind,
        name: node.name,
        selector: node.selector,
        path: node.path,
        depends_on: node.dependsOn,
        ...(node.changes === undefined ? {} : { changes: node.changes }),
      })),
    });
    return exitCodes.done;
  },
});
