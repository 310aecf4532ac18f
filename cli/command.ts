import type { FlagTable, FlagValues } from './args/flag.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Emit } from './render/events.ts';

export interface Positional {
  readonly name: string;
  readonly summary: string;
  readonly required?: boolean;
  readonly choices?: readonly string[];
}

export interface Example {
  readonly line: string;
  readonly says: string;
}

/** The process around a command, so that commands are plain functions. */
export interface Environment {
  /** Name of the command as typed. */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A person can answer questions. */
  readonly interactive: boolean;
  readonly color: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

/** What a command gets: its flags, its words, the process, and where to say things. */
export interface Context<Flags extends FlagTable = FlagTable> extends Environment {
  readonly flags: FlagValues<Flags>;
  readonly words: readonly string[];
  readonly emit: Emit;
}

/** A command as data; help, completion and the documentation check read it. */
export interface Command<Flags extends FlagTable = FlagTable> {
  readonly name: string;
  readonly group: 'project' | 'build' | 'inspect' | 'model' | 'tools';
  readonly summary: string;
  /** A paragraph for the command's own help. */
  readonly details?: string;
  readonly positionals?: readonly Positional[];
  readonly flags: Flags;
  readonly examples: readonly Example[];
  /** Codes it can end with, besides 2 and 130, which all share. */
  readonly exits: readonly ExitCode[];
  run(context: Context<Flags>): Promise<ExitCode>;
}

/** Keeps the flag table's literal types, so that `context.flags` is typed by it. */
export function command<const Flags extends FlagTable>(definition: Command<Flags>): Command<Flags> {
  return definition;
}
