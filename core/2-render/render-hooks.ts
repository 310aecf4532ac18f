import type { Located } from '../1-load/index.ts';
import type { Rendering } from './rendering.ts';

/** `on-run-start` and `on-run-end` of the project file as SQL. */
export interface RunHooks {
  readonly onRunStart: readonly string[];
  readonly onRunEnd: readonly string[];
}

/** Evaluates the project's run hooks; one that renders to nothing is left out. */
export function renderHooks(rendering: Rendering): RunHooks {
  const { onRunStart, onRunEnd } = rendering.project.hooks;
  const render = (hooks: readonly Located<string>[]) =>
    hooks.map(({ value, span }) => rendering.text(value, span)).filter((sql) => sql.trim() !== '');
  return { onRunStart: render(onRunStart), onRunEnd: render(onRunEnd) };
}
