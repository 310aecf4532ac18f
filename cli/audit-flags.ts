import type { FlagTable, FlagValues } from './args/flag.ts';
import { formatFlag, projectFlags, selectionFlags } from './args/shared-flags.ts';
import type { Context } from './command.ts';

export const auditFlags = {
  onData: {
    kind: 'boolean',
    summary: 'Rebuild on the data of the target and compare, instead of proving',
  },
  explain: {
    kind: 'string',
    placeholder: 'MODEL.COLUMN',
    summary: 'Print the card of one column, and its proof or witness step by step',
  },
  samples: {
    kind: 'number',
    placeholder: 'N',
    integer: true,
    min: 1,
    summary: 'Prediction times per model (default: 3)',
  },
  ...selectionFlags,
  ...projectFlags,
  ...formatFlag,
} as const satisfies FlagTable;

/** What the audit command is called with. */
export type AuditContext = Omit<Context, 'flags'> & { readonly flags: FlagValues<typeof auditFlags> };
