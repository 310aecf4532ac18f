import type { FlagValues } from './args/flag.ts';
import type { projectFlags, runFlags } from './args/shared-flags.ts';
import type { Context } from './command.ts';

/** A context of a command that reads a project; a command may leave some of the flags out. */
export type ProjectContext = Omit<Context, 'flags'> & {
  readonly flags: Partial<FlagValues<typeof projectFlags & Pick<typeof runFlags, 'fullRefresh'>>>;
};
