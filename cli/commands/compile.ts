import { join } from 'node:path';
import { writeWhole } from '#ops';
import { projectFlags, selectionFlags } from '../args/shared-flags.ts';
import { writeManifest } from '../artifacts.ts';
import { command } from '../command.ts';
import { writeDeployment } from '../deployment.ts';
import { exitCodes } from '../exit-codes.ts';
import { CommandFailure } from '../failures.ts';
import { plural } from '../render/words.ts';
import { selectIds } from '../selection.ts';
import { openProject } from '../session.ts';
import { targetFolder } from '../target-folder.ts';

export const compile = command({
  name: 'compile',
  group: 'build',
  summary: 'Write the SQL of every selected node to target/compiled',
  flags: { ...selectionFlags, ...projectFlags },
  examples: [
    { line: 'churn compile -s customer_360', says: 'One model; its SQL also goes to stdout' },
    { line: 'churn compile', says: 'Everything, with manifest.json' },
    { line: 'churn compile --target fabric', says: 'Numbered T-SQL scripts in target/deploy/fabric' },
  ],
  exits: [3, 4],
  run: async (context) => {
    const opened = await openProject(context, { bind: true });
    const { project, graph, bound } = opened;
    const ids = await selectIds(context, opened);
    if (project.target.type !== 'duckdb') {
      await writeDeployment(context, opened, ids, project.target.type);
      bound?.close();
      return exitCodes.done;
    }
    const nodes = ids.flatMap((id) => {
      const node = graph.nodes.get(id);
      return node === undefined || node.kind === 'source' || node.sql === '' ? [] : [node];
    });
    if (nodes.length === 0) return exitCodes.nothing;
    for (const node of nodes) {
      const path =
        node.kind === 'test' ? join('tests', `${node.name}.sql`) : node.path.replace(/\.(sql|ts)$/, '.sql');
      writeWhole(join(targetFolder(project), 'compiled', project.name, path), `${node.sql}\n`);
    }
    const unwritten = writeManifest(opened);
    if (unwritten.length > 0) throw new CommandFailure(unwritten, exitCodes.engine);
    bound?.close();
    const models = nodes.filter(({ kind }) => kind !== 'test');
    const [only] = models;
    context.emit({
      type: 'data',
      text: models.length === 1 && only !== undefined ? only.sql : '',
      records: nodes.map((node) => ({
        type: 'compiled',
        unique_id: node.uniqueId,
        path: node.path,
        sql: node.sql,
      })),
    });
    context.emit({
      type: 'note',
      level: 'success',
      text: `Wrote ${plural(nodes.length, 'file')} to ${project.paths.target}/compiled/${project.name}.`,
    });
    return exitCodes.done;
  },
});
