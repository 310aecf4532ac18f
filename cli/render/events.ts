import type { Diagnostic, RunEvent } from '#core';

/** Anything that `JSON.stringify` writes as it stands. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** A step of a chain of commands, or of a training: folds, rounds, plots. */
export interface StepStart {
  readonly type: 'step-start';
  readonly name: string;
  readonly index: number;
  readonly total: number;
}

export interface StepEnd {
  readonly type: 'step-end';
  readonly name: string;
  readonly index: number;
  readonly total: number;
  readonly seconds: number;
  readonly status: 'done' | 'failed' | 'skipped';
  /** What came of it, in a few words. */
  readonly detail?: string;
}

/** What a command was asked for: text for people, records for programs. Goes to stdout. */
export interface Data {
  readonly type: 'data';
  readonly text: string;
  readonly records: readonly { readonly [key: string]: Json | undefined }[];
}

/** All that a command says; renderers turn it into lines, JSON or a live view. */
export type CliEvent =
  | RunEvent
  | StepStart
  | StepEnd
  | Data
  | {
      readonly type: 'diagnostics';
      readonly diagnostics: readonly Diagnostic[];
      /** Text of project files, for code frames. */
      readonly text?: (file: string) => string | undefined;
    }
  | {
      readonly type: 'note';
      readonly level: 'info' | 'success' | 'warning' | 'detail';
      readonly text: string;
    }
  /** A command within a chain begins. */
  | { readonly type: 'section'; readonly title: string; readonly index: number; readonly total: number }
  | { readonly type: 'next'; readonly commands: readonly string[] };

export type Emit = (event: CliEvent) => void;

/** Turns events into output. `close` restores the terminal and waits for what is still to be written. */
export interface Renderer {
  readonly emit: Emit;
  readonly close: () => Promise<void>;
}
