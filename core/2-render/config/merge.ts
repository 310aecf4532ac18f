import type { ConfigValue } from '../../1-load/index.ts';
import { canonicalKey } from './keys.ts';

export type RawConfig = Readonly<Record<string, ConfigValue>>;

const listOf = (value: ConfigValue | undefined): readonly ConfigValue[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

function mergeMappings(weak: ConfigValue | undefined, strong: ConfigValue): ConfigValue {
  const isMapping = (value: ConfigValue | undefined): value is Record<string, ConfigValue> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMapping(weak) && isMapping(strong) ? { ...weak, ...strong } : strong;
}

/**
 * dbt's merge of configuration layers, weak to strong: the stronger value wins, except that `tags` are united, `meta`
 * and `docs` merged key by key, and hooks appended.
 */
export function mergeConfig(layers: readonly RawConfig[]): RawConfig {
  const merged: Record<string, ConfigValue> = {};
  for (const layer of layers) {
    for (const [written, value] of Object.entries(layer)) {
      const key = canonicalKey(written);
      if (key === 'tags') merged.tags = [...new Set([...listOf(merged.tags), ...listOf(value)])];
      else if (key === 'meta' || key === 'docs') merged[key] = mergeMappings(merged[key], value);
      else if (key === 'pre_hook' || key === 'post_hook')
        merged[key] = [...listOf(merged[key]), ...listOf(value)];
      else merged[key] = value;
    }
  }
  return merged;
}
