import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type NodeResult, type RunCommand, readPreviousState, reportCli } from '#core';
import type { ExitCode } from './exit-codes.ts';
import { exitCodes } from './exit-codes.ts';
import { fail } from './failures.ts';
import { type RunContext, runSelected } from './run-nodes.ts';
import { openProject } from './session.ts';
import { targetFolder } from './target-folder.ts';

const again: ReadonlySet<string> = new Set<NodeResult['status']>(['error', 'fail', 'skipped']);

/** Runs what run_results.json says did not end well, with the command of that run. */
export async function retryLast(context: RunContext): Promise<ExitCode> {
  const opened = await openProject(context, { bind: true });
  const folder = targetFolder(opened.project);
  const path = join(folder, 'run_results.json');
  if (!existsSync(path)) fail(reportCli('CH914', { path }));
  const { state, diagnostics } = await readPreviousState(folder);
  if (diagnostics.length > 0) context.emit({ type: 'diagnostics', diagnostics });
  const ids = [...(state.results ?? [])]
    .filter(([id, status]) => again.has(status) && opened.graph.nodes.has(id))
    .map(([id]) => id);
  if (ids.length === 0) {
    context.emit({
      type: 'diagnostics',
      diagnostics: [reportCli('CH908', { what: 'everything in the last run ended well' })],
    });
    return exitCodes.nothing;
  }
  return runSelected(context, opened, withTests(ids, opened.graph), commandOf(ids));
}

/** A node that failed is tested again with the tests that were skipped with it: they are in the results already. */
function withTests(
  ids: readonly string[],
  graph: { readonly children: ReadonlyMap<string, readonly string[]> },
): ReadonlySet<string> {
  return new Set(
    ids.flatMap((id) => [id, ...(graph.children.get(id) ?? []).filter((child) => child.startsWith('test.'))]),
  );
}

function commandOf(ids: readonly string[]): RunCommand {
  return ids.every((id) => id.startsWith('test.')) ? 'test' : 'build';
}
