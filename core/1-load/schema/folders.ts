import type { z } from 'zod';
import { type ConfigKind, checkConfigEntry, configKeys } from './config.ts';
import { mappingConfigKeys } from './config-names.ts';
import { foreignConfigKeys } from './foreign.ts';
import { anyMapping, type Checker, checkedBy, isMapping } from './shape.ts';

/**
 * dbt's folder hierarchy: keys with `+`, and plain keys whose value is no mapping, configure; plain mappings are
 * folders or files. A mapping under the name of a configuration key is one that lost its `+`.
 */
export function folderConfig(kind: ConfigKind): z.ZodType {
  return checkedBy((value, checker) => checkFolder(kind, value, [], checker));
}

function checkFolder(kind: ConfigKind, value: unknown, path: readonly PropertyKey[], checker: Checker): void {
  if (!isMapping(value)) {
    if (value !== null && value !== undefined) checker.hold(anyMapping, value, path);
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    const here = [...path, key];
    if (key.startsWith('+') || !isMapping(entry)) {
      if (entry !== null || key.startsWith('+') || key in configKeys || key in foreignConfigKeys) {
        checkConfigEntry(kind, key, entry, here, checker);
      }
    } else if (path.length > 0 && mappingConfigKeys.has(key)) {
      const fix = `Write \`+${key}:\`.`;
      checker.report({ code: 'CH102', args: { key, where: 'the folders', fix }, path: here, onKey: true });
    } else {
      checkFolder(kind, entry, here, checker);
    }
  }
}
