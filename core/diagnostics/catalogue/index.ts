import type { MessageEntry } from '../message.ts';
import { auditMessages } from './audit.ts';
import { bindMessages } from './bind.ts';
import { cliMessages } from './cli.ts';
import { emitMessages } from './emit.ts';
import { graphMessages } from './graph.ts';
import { loadMessages } from './load.ts';
import { mlMessages } from './ml.ts';
import { renderMessages } from './render.ts';
import { runMessages } from './run.ts';

/** Every code the framework can report, by phase: CH1xx load, 2xx render, 3xx graph, 4xx bind, 5xx audit, 6xx emit, 7xx run, 8xx ml, 9xx cli. */
export const catalogue: Readonly<Record<string, MessageEntry<never>>> = {
  ...loadMessages,
  ...renderMessages,
  ...graphMessages,
  ...bindMessages,
  ...auditMessages,
  ...emitMessages,
  ...runMessages,
  ...mlMessages,
  ...cliMessages,
};
