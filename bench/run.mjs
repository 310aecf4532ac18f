/** Bundles a benchmark of this folder and runs it: `node bench/run.mjs build [flags]`. */
import { runFrom } from './bundled.mjs';

await runFrom(import.meta.dirname);
