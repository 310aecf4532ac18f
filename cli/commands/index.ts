import type { Command } from '../command.ts';

type Loader = () => Promise<Command>;

/** Every command, in the order of the help; a command's code is read only when it runs. */
export const commandLoaders: Readonly<Record<string, Loader>> = {
  init: async () => (await import('./init.ts')).init,
  demo: async () => (await import('./demo.ts')).demo,
  simulate: async () => (await import('./simulate.ts')).simulate,
  check: async () => (await import('./check.ts')).check,
  compile: async () => (await import('./compile.ts')).compile,
  audit: async () => (await import('./audit.ts')).audit,
  build: async () => (await import('./build.ts')).build,
  run: async () => (await import('./run.ts')).run,
  test: async () => (await import('./test.ts')).test,
  seed: async () => (await import('./seed.ts')).seed,
  publish: async () => (await import('./publish.ts')).publish,
  diff: async () => (await import('./diff.ts')).diff,
  snapshot: async () => (await import('./snapshot.ts')).snapshot,
  retry: async () => (await import('./retry.ts')).retry,
  typegen: async () => (await import('./typegen.ts')).typegen,
  ls: async () => (await import('./ls.ts')).ls,
  show: async () => (await import('./show.ts')).show,
  docs: async () => (await import('./docs.ts')).docs,
  train: async () => (await import('./train.ts')).train,
  evaluate: async () => (await import('./evaluate.ts')).evaluate,
  explain: async () => (await import('./explain.ts')).explain,
  score: async () => (await import('./score.ts')).score,
  report: async () => (await import('./report.ts')).report,
  clean: async () => (await import('./clean.ts')).clean,
  debug: async () => (await import('./debug.ts')).debug,
  completion: async () => (await import('./completion.ts')).completion,
};

export const commandNames: readonly string[] = Object.keys(commandLoaders);

/** All commands with their tables: for help, completion and documentation. */
export async function allCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(commandLoaders).map((load) => load()));
}
