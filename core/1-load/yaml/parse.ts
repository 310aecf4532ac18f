import type { Diagnostic } from '../../diagnostics/index.ts';
import type { SourceText } from '../project.ts';
import { parseSimpleYaml } from './simple-parser.ts';
import type { YamlNode } from './tree.ts';

export interface ParsedYaml {
  /** Undefined for an empty file, and for one that cannot be understood. */
  readonly root: YamlNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * YAML to a tree with offsets. The files people write mostly go through the fast parser; everything else, all
 * errors included, through the `yaml` package, which is loaded only then.
 */
export async function parseYaml(file: SourceText): Promise<ParsedYaml> {
  const simple = parseSimpleYaml(file.text);
  if (simple !== undefined) return { root: simple ?? undefined, diagnostics: [] };
  const { parseFullYaml } = await import('./full-parser.ts');
  return parseFullYaml(file);
}
