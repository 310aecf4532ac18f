import { join, relative } from 'node:path';
import type { ColumnLineage } from '#core';
import { jsonText, writeWhole } from '#ops';
import { projectFlags } from '../args/shared-flags.ts';
import { writeManifest } from '../artifacts.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { CommandFailure } from '../failures.ts';
import { openProject } from '../session.ts';
import { projectPage } from '../site/project-page.ts';
import { targetFolder } from '../target-folder.ts';

export const docs = command({
  name: 'docs',
  group: 'inspect',
  summary: "Write the project's documentation as one HTML page, with lineage",
  details: 'Also writes manifest.json and lineage.json (column lineage). Needs no data.',
  flags: projectFlags,
  examples: [{ line: 'churn docs', says: 'Then open target/site/index.html' }],
  exits: [3],
  run: async (context) => {
    const opened = await openProject(context, { bind: true });
    const { project, rendered, graph, bound } = opened;
    const folder = targetFolder(project);
    const lineage: Record<string, readonly ColumnLineage[]> = {};
    for (const id of rendered.nodes.keys()) lineage[id] = (await bound?.lineage(id)) ?? [];
    const unwritten = writeManifest(opened);
    if (unwritten.length > 0) throw new CommandFailure(unwritten, exitCodes.engine);
    writeWhole(join(folder, 'lineage.json'), jsonText({ schema_version: 1, columns: lineage }));
    const page = join(folder, 'site', 'index.html');
    writeWhole(page, projectPage({ project, rendered, graph, columns: bound?.columns ?? new Map() }));
    bound?.close();
    const told = relative(context.cwd, page);
    context.emit({ type: 'data', text: told, records: [{ type: 'site', path: page }] });
    context.emit({
      type: 'note',
      level: 'success',
      text: `Documentation written; open ${told} in a browser.`,
    });
    return exitCodes.done;
  },
});
