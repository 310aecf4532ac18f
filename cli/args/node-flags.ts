import { formatFlag, partFlags, projectFlags, runFlags, selectionFlags } from './shared-flags.ts';

export { partFlags };

/** The flags of the commands that run nodes. */
export const nodeFlags = { ...selectionFlags, ...runFlags, ...projectFlags } as const;

/** With the formats for other tools: those that are gates. */
export const gateFlags = { ...nodeFlags, ...formatFlag } as const;

/** Of the commands that build models. */
export const buildFlags = { ...gateFlags, ...partFlags } as const;
