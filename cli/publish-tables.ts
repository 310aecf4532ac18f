import { join, resolve } from 'node:path';
import { EngineError, reportRun } from '#core';
import type { FlagValues } from './args/flag.ts';
import type { projectFlags, selectionFlags } from './args/shared-flags.ts';
import type { Context } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { plural } from './render/words.ts';
import { selectIds } from './selection.ts';
import { openProject } from './session.ts';
import { openTarget } from './target.ts';
import { targetFolder } from './target-folder.ts';

type PublishContext = Omit<Context, 'flags'> & {
  readonly flags: FlagValues<typeof selectionFlags & typeof projectFlags> & {
    readonly to: string | undefined;
    readonly append: boolean;
  };
};

/** Writes each selected model of the DuckDB target as one commit of a Delta table. */
export async function publishTables(context: PublishContext): Promise<ExitCode> {
  const { flags, emit } = context;
  const opened = await openProject(context, { bind: true });
  const { project, rendered } = opened;
  const nodes = (await selectIds(context, opened)).flatMap((id) => {
    const node = rendered.nodes.get(id);
    return node === undefined || node.config.materialized === 'ephemeral' ? [] : [node];
  });
  if (nodes.length === 0) return exitCodes.nothing;
  const folder =
    flags.to === undefined ? join(targetFolder(project), 'delta') : resolve(context.cwd, flags.to);
  const { folderStore, publishDelta } = await import('./engine.ts');
  const adapter = await openTarget(project, { readOnly: true });
  let failed = 0;
  try {
    const state = await adapter.inspect();
    const session = await adapter.connect();
    for (const node of nodes) {
      const { schema, identifier } = node.relation;
      const place = join(folder, `${schema}.${identifier}`);
      const name = [schema, identifier].map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
      try {
        const { version, rows } = await publishDelta({
          session,
          select: `select * from ${name}`,
          columns: state.get(node.relation)?.columns ?? opened.bound?.columns.get(node.uniqueId) ?? [],
          store: folderStore(place),
          scratch: join(folder, '.churn'),
          mode: flags.append ? 'append' : 'overwrite',
          name: identifier,
        });
        emit({
          type: 'data',
          text: `${place}: version ${version}, ${plural(rows, 'row')}`,
          records: [{ type: 'published', unique_id: node.uniqueId, path: place, version, rows }],
        });
      } catch (thrown) {
        if (!(thrown instanceof EngineError)) throw thrown;
        failed++;
        const args = { node: node.name, path: place, reason: thrown.info.message };
        const problem = reportRun('CH746', args, { span: node.span, node: node.uniqueId });
        emit({ type: 'diagnostics', diagnostics: [problem], text: project.text });
      }
    }
    session.close();
  } finally {
    await adapter.close();
    opened.bound?.close();
  }
  return failed > 0 ? exitCodes.failed : exitCodes.done;
}
