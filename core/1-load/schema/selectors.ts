import { z } from 'zod';
import {
  anyMapping,
  type Checker,
  checkedBy,
  flag,
  isMapping,
  listOf,
  mapping,
  nonEmpty,
  oneOf,
  text,
  textOrNumber,
} from './shape.ts';

const methods = [
  'fqn',
  'tag',
  'source',
  'path',
  'file',
  'config',
  'state',
  'result',
  'exposure',
  'resource_type',
  'selector',
  'test_name',
  'test_type',
];
const depth = z.int().min(0);

const criterion = {
  parents: flag,
  children: flag,
  parents_depth: depth,
  children_depth: depth,
  childrens_parents: flag,
  indirect_selection: oneOf('eager', 'cautious', 'buildable', 'empty'),
};

/** A definition: CLI text, `{method, value}`, `{tag: nightly}`, or unions and intersections of such. */
function checkDefinition(value: unknown, path: readonly PropertyKey[], checker: Checker): void {
  if (typeof value === 'string') return;
  if (!isMapping(value)) {
    checker.hold(z.union([z.string(), anyMapping]), value, path);
    return;
  }
  const { exclude, ...rest } = value;
  checkList(exclude, [...path, 'exclude'], checker);
  const set = ['union', 'intersection'].find((name) => name in rest);
  if (set !== undefined) {
    checkList(rest[set], [...path, set], checker);
    checker.hold(mapping('a selector', { [set]: z.array(z.unknown()) }, {}), rest, path);
  } else if ('method' in rest) {
    checker.hold(mapping('a selector', { method: nonEmpty, value: nonEmpty }, criterion), rest, path);
    const method = String(rest.method).split('.')[0] as string;
    checker.hold(z.enum(methods), method, [...path, 'method']);
  } else {
    const shortcut = Object.fromEntries([...methods, 'exclude'].map((method) => [method, text]));
    checker.hold(mapping('a selector', {}, shortcut), rest, path);
  }
}

const selector = mapping(
  'a selector',
  { name: nonEmpty, definition: checkedBy((value, checker) => checkDefinition(value, [], checker)) },
  { description: text, default: flag },
);

/** selectors.yml: named selections for `--selector`. */
export const selectorsFile: z.ZodType = mapping(
  'selectors.yml',
  { selectors: listOf(selector) },
  { version: textOrNumber },
);

function checkList(items: unknown, path: readonly PropertyKey[], checker: Checker): void {
  if (!Array.isArray(items)) return;
  for (const [index, item] of items.entries()) checkDefinition(item, [...path, index], checker);
}
