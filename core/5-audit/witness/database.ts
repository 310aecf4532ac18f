import type { Cell } from './values.ts';

/** A tiny database: rows by source, cells in the order of the source's columns. */
export type TinyDatabase = ReadonlyMap<string, readonly (readonly Cell[])[]>;
