import { itemOf } from '../access.ts';
import { raise } from '../error.ts';
import { formatSpec } from './format-spec.ts';
import { repr, toText } from './show.ts';
import { type Dict, Undefined, type Value } from './value.ts';

/** Python's `'{} of {name:>5}'.format(...)`. */
export function braceFormat(template: string, args: readonly Value[], named: Dict): string {
  let next = 0;
  return template.replace(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g, (all, field: string | undefined) => {
    if (all === '{{') return '{';
    if (all === '}}') return '}';
    if (field === undefined) return raise('CH204', { problem: `the format string has a single \`${all}\`` });
    const [, path, conversion, spec] = /^([^!:]*)(?:!([rsa]))?(?::(.*))?$/s.exec(field) as unknown as [
      string,
      string,
      string?,
      string?,
    ];
    const [, head, rest] = /^([^.[]*)(.*)$/s.exec(path) as unknown as [string, string, string];
    let value: Value | undefined;
    if (head === '') value = args[next++];
    else value = /^\d+$/.test(head) ? args[Number(head)] : named.get(head);
    if (value === undefined)
      return raise('CH204', { problem: `the format string has no value for \`${all}\`` });
    for (const step of rest.matchAll(/\.(\w+)|\[([^\]]+)\]/g)) {
      const key = step[1] ?? (step[2] as string);
      value = itemOf(value, /^\d+$/.test(key) ? Number(key) : key);
    }
    if (value instanceof Undefined) return value.fail();
    if (conversion === 'r' || conversion === 'a') value = repr(value);
    else if (conversion === 's') value = toText(value);
    return spec ? formatSpec(value, spec) : toText(value);
  });
}
