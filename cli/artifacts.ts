import {
  type Adapter,
  buildCatalog,
  buildManifest,
  buildRunResults,
  type Diagnostic,
  newInvocation,
  type RunCommand,
  type RunOutcome,
  writeArtifacts,
} from '#core';
import type { Opened } from './session.ts';
import { targetFolder } from './target-folder.ts';
import { version } from './version.ts';

export interface RunFacts {
  readonly command: RunCommand;
}

/** manifest.json, run_results.json and catalog.json of a run; what could not be written is reported. */
export async function writeRunArtifacts(
  opened: Opened,
  adapter: Adapter,
  outcome: RunOutcome,
  facts: RunFacts,
): Promise<readonly Diagnostic[]> {
  const { project, graph } = opened;
  const invocation = newInvocation(version);
  // A lost engine cannot say what it holds; the other two artifacts are worth writing all the same.
  const state = await adapter.inspect().catch(() => undefined);
  return writeArtifacts(targetFolder(project), {
    'manifest.json': buildManifest(project, graph, invocation),
    'run_results.json': buildRunResults(
      outcome,
      { which: facts.command, target: project.target.name },
      invocation,
    ),
    ...(state === undefined ? {} : { 'catalog.json': buildCatalog(graph, state, invocation) }),
  });
}

/** manifest.json alone: what a compilation leaves. */
export function writeManifest({ project, graph }: Opened): readonly Diagnostic[] {
  const invocation = newInvocation(version);
  return writeArtifacts(targetFolder(project), {
    'manifest.json': buildManifest(project, graph, invocation),
  });
}
