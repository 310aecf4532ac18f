import { createHash } from 'node:crypto';
import type { Project } from '../../1-load/index.ts';

const definition = /\{%-?\s*(macro|test)\s+(\w+)[\s\S]*?\{%-?\s*end\1\b/g;

/** Hash of every macro's own text by `macro.<project>.<name>`; typed macro files count as a whole. */
export function macroHashes(project: Project): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const { file, language } of project.macros) {
    if (language === 'ts') {
      for (const [, name] of file.text.matchAll(/export\s+(?:const|function)\s+(\w+)/g)) {
        hashes.set(`macro.${project.name}.${name}`, file.hash);
      }
      continue;
    }
    for (const [text, kind, name] of file.text.matchAll(definition)) {
      const hash = createHash('sha1').update(text).digest('base64url').slice(0, 16);
      hashes.set(`macro.${project.name}.${kind === 'test' ? `test_${name}` : name}`, hash);
    }
  }
  return hashes;
}
