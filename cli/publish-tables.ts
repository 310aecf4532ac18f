import { join, resolve } from 'node:path';
import { type DeltaPlace, diagnosePlace, EngineError, reportRun } from '#core';
import type { FlagValues } from './args/flag.ts';
import type { projectFlags, selectionFlags } from './args/shared-flags.ts';
import type { Context } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { fail } from './failures.ts';
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
  const place = await openPlace(context, targetFolder(project));
  const { publishDelta } = await import('./engine.ts');
  const adapter = await openTarget(project, { readOnly: true });
  let failed = 0;
  try {
    const state = await adapter.inspect();
    const session = await adapter.connect();
    for (const node of nodes) {
      const { schema, identifier } = node.relation;
      const table = `${schema}.${identifier}`;
      const path = place.describe(table);
      const name = [schema, identifier].map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
      try {
        const { version, rows } = await publishDelta({
          session,
          select: `select * from ${name}`,
          columns: state.get(node.relation)?.columns ?? opened.bound?.columns.get(node.uniqueId) ?? [],
          store: place.store(table),
          scratch: place.scratch,
          mode: flags.append ? 'append' : 'overwrite',
          name: identifier,
        });
        emit({
          type: 'data',
          text: `${path}: version ${version}, ${plural(rows, 'row')}`,
          records: [{ type: 'published', unique_id: node.uniqueId, path, version, rows }],
        });
      } catch (thrown) {
        if (!(thrown instanceof EngineError)) throw thrown;
        const everywhere = diagnosePlace(thrown, path);
        if (everywhere !== undefined) fail(everywhere, exitCodes.engine);
        failed++;
        const args = { node: node.name, path, reason: thrown.info.message };
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

/** The folder or the container to publish in; the target's own folder when nothing is said. */
async function openPlace({ flags, cwd, env }: PublishContext, target: string): Promise<DeltaPlace> {
  const { isUrl, openDeltaPlace } = await import('./engine.ts');
  const { to = join(target, 'delta') } = flags;
  try {
    return await openDeltaPlace(isUrl(to) ? to : resolve(cwd, to), env, join(target, '.publish'));
  } catch (thrown) {
    const problem = thrown instanceof EngineError ? diagnosePlace(thrown, to) : undefined;
    if (problem === undefined) throw thrown;
    return fail(problem);
  }
}
