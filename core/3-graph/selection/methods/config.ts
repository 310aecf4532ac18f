import type { ConfigValue } from '../../../1-load/index.ts';
import { reportGraph } from '../../../diagnostics/index.ts';
import { globMatcher } from '../glob.ts';
import { configOf } from '../space.ts';
import type { Method } from './method.ts';

/** `config.materialized:view`, `config.meta.owner:finance`: an element of a list or a key of a mapping matches too. */
export const config: Method = {
  name: 'config',
  matcher: (criterion, { report }) => {
    if (criterion.arguments.length === 0) {
      const why = 'Say which configuration: `config.materialized:view`.';
      report(reportGraph('CH314', { criterion: criterion.text, why }));
      return undefined;
    }
    const matches = globMatcher(criterion.value);
    return (item) => {
      let value: ConfigValue | undefined = configOf(item);
      for (const key of criterion.arguments) value = isMapping(value) ? value[key] : undefined;
      return value !== undefined && holds(value, matches);
    };
  },
};

function holds(value: ConfigValue, matches: (text: string) => boolean): boolean {
  if (Array.isArray(value)) return value.some((element: ConfigValue) => holds(element, matches));
  if (isMapping(value)) return Object.keys(value).some(matches);
  return value !== null && matches(String(value));
}

function isMapping(value: ConfigValue | undefined): value is { readonly [key: string]: ConfigValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
