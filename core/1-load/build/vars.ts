import type { ConfigValue } from '../located.ts';
import { entriesOf, get, toValue, type YamlNode } from '../yaml/tree.ts';

/**
 * The project's variables: `vars:`, overlaid by its block for this project (`vars: {shop: {...}}`), overlaid by
 * `--vars`.
 */
export function buildVars(
  root: YamlNode | undefined,
  project: string,
  overrides: Readonly<Record<string, ConfigValue>> = {},
): Readonly<Record<string, ConfigValue>> {
  const vars = new Map<string, ConfigValue>();
  const declared = get(root, 'vars');
  for (const entry of entriesOf(declared)) {
    if (entry.key === project && entry.value.kind === 'map') continue;
    vars.set(entry.key, toValue(entry.value));
  }
  const scoped = get(declared, project);
  for (const entry of entriesOf(scoped)) vars.set(entry.key, toValue(entry.value));
  for (const [key, value] of Object.entries(overrides)) vars.set(key, value);
  return Object.fromEntries(vars);
}
