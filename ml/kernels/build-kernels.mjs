/** Compiles ml/kernels/assembly to one WebAssembly module; cached by content, as the compiler takes seconds. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

const flags = ['--runtime', 'stub', '-O3', '--noAssert', '--importMemory', '--sharedMemory'];
const memory = ['--initialMemory', '1', '--maximumMemory', '65536'];
const features = ['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'];

/** @param {string} root the repository  @param {string} out where the .wasm goes */
export async function buildKernels(root, out) {
  const sources = join(root, 'ml/kernels/assembly');
  const hash = createHash('sha256').update(JSON.stringify([flags, memory, features]));
  for (const file of readdirSync(sources).sort()) hash.update(file).update(readFileSync(join(sources, file)));
  const cached = join(root, 'target/.cache', `kernels-${hash.digest('hex').slice(0, 16)}.wasm`);
  if (!existsSync(cached)) {
    mkdirSync(dirname(cached), { recursive: true });
    const { main } = await import('assemblyscript/asc');
    const aside = `${cached}.${process.pid}`;
    const entry = join(sources, 'index.ts');
    const { error, stderr } = await main([entry, '-o', aside, ...flags, ...memory, ...features]);
    if (error) throw new Error(`The kernels do not compile: ${error.message}\n${stderr.toString()}`);
    renameSync(aside, cached);
  }
  mkdirSync(dirname(out), { recursive: true });
  copyFileSync(cached, out);
}
