/** Bundles a suite of this folder and runs it: `node tests/peers/audit/run.mjs mutants [flags]`. */
import { runFrom } from '../../../bench/bundled.mjs';

await runFrom(import.meta.dirname);
