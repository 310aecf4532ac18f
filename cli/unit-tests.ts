import { runUnitTests } from '#core';
import type { Context } from './command.ts';
import { plural } from './render/words.ts';
import type { Opened } from './session.ts';

/**
 * Runs the unit tests of the selected models and tells what came of them; false when one failed. They touch no data,
 * so they come before anything that does.
 */
export async function passUnitTests(
  { emit, env }: Pick<Context, 'emit' | 'env'>,
  { project, graph, bound }: Opened,
  selected: ReadonlySet<string>,
): Promise<boolean> {
  if ((project.unitTests ?? []).length === 0 || bound === undefined) return true;
  const results = await runUnitTests({ project, graph, columns: bound.columns, selected, environment: env });
  if (results.length === 0) return true;
  const diagnostics = results.flatMap((result) => result.diagnostics);
  if (diagnostics.length > 0) emit({ type: 'diagnostics', diagnostics, text: project.text });
  const failed = results.filter(({ status }) => status !== 'pass').length;
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0).toFixed(2);
  const told = `${plural(results.length, 'unit test')}: ${results.length - failed} passed, ${failed} failed [${seconds}s]`;
  emit({ type: 'note', level: failed > 0 ? 'warning' : 'info', text: told });
  return failed === 0;
}
