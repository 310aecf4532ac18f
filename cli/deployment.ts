import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasErrors, planDeployment, serialiseWithDuckdb, type TargetDialect } from '#core';
import { writeWhole } from '#ops';
import type { Context } from './command.ts';
import { CommandFailure } from './failures.ts';
import { plural } from './render/words.ts';
import type { Opened } from './session.ts';
import { targetFolder } from './target-folder.ts';
import { tell } from './tell.ts';

/**
 * Writes a folder of numbered scripts and a manifest that an operator can run by hand on the target's engine.
 *
 * @throws CommandFailure when any model holds SQL without an equal on the target; nothing is written then
 */
export async function writeDeployment(
  context: Context,
  opened: Opened,
  ids: readonly string[],
  target: TargetDialect,
): Promise<void> {
  const { project, rendered, graph, bound } = opened;
  if (bound === undefined) throw new Error('a deployment needs a bound project');
  const deployed = { graph, bound, root: project.root, hooks: rendered.hooks };
  const plan = await planDeployment(deployed, new Set(ids), target, serialiseWithDuckdb);
  tell(context, project, plan.diagnostics);
  if (hasErrors(plan.diagnostics)) throw new CommandFailure([]);
  const relative = join(project.paths.target, 'deploy', target);
  const folder = join(targetFolder(project), 'deploy', target);
  rmSync(folder, { recursive: true, force: true });
  for (const { path, sql, later } of plan.files) {
    writeWhole(join(folder, path), sql);
    if (later !== undefined) writeWhole(join(folder, later.path), later.sql);
  }
  const manifest = {
    schema_version: 1,
    target,
    project: project.name,
    requires: plan.requires,
    files: plan.files.map(({ path, node, later }) => ({
      path,
      unique_id: node ?? null,
      later: later?.path ?? null,
    })),
  };
  writeWhole(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  context.emit({
    type: 'data',
    text: '',
    records: plan.files.map((file) => ({
      type: 'script',
      path: join(relative, file.path),
      unique_id: file.node ?? null,
      later: file.later === undefined ? null : join(relative, file.later.path),
    })),
  });
  context.emit({
    type: 'note',
    level: 'success',
    text: `Wrote ${plural(plan.files.length, 'script')} for ${target} to ${relative}; run them in order.`,
  });
}
