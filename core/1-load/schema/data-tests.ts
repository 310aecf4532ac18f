import { z } from 'zod';
import { nearest } from '../../diagnostics/index.ts';
import { checkConfigEntry, configSchema } from './config.ts';
import { testConfigKeys } from './config-names.ts';
import { anyMapping, type Checker, checkedBy, flag, isMapping, nonEmpty, orJinja } from './shape.ts';

interface BuiltInTest {
  readonly required: Readonly<Record<string, z.ZodType>>;
  readonly optional: Readonly<Record<string, z.ZodType>>;
}

const columnName = { column_name: nonEmpty };

/** dbt's four generic tests and their arguments. Others are `{% test %}` macros, which 2-render looks up. */
const builtIn: Readonly<Record<string, BuiltInTest>> = {
  unique: { required: {}, optional: columnName },
  not_null: { required: {}, optional: columnName },
  accepted_values: {
    required: { values: orJinja(z.array(z.unknown())) },
    optional: { quote: flag, ...columnName },
  },
  relationships: { required: { to: nonEmpty, field: nonEmpty }, optional: columnName },
};

const itself = new Set(['name', 'description', 'config', 'arguments', 'test_name']);

/** One item of `tests:`: a name, `{name: {arguments}}`, or `{test_name: name, ...}`. */
export function dataTest(attachedTo: 'column' | 'node'): z.ZodType {
  return checkedBy((value, checker) => {
    if (typeof value === 'string') return checkNamed(value, {}, [], attachedTo, checker);
    if (!isMapping(value)) return checker.hold(z.union([nonEmpty, anyMapping]), value);
    if ('test_name' in value) {
      checker.hold(nonEmpty, value.test_name, ['test_name']);
      return checkNamed(String(value.test_name), value, [], attachedTo, checker);
    }
    const [test, ...beside] = Object.keys(value);
    if (test === undefined) {
      return checker.report({ code: 'CH111', args: { key: 'test_name', where: 'a test' } });
    }
    if (beside.length > 0) {
      return checker.report({
        code: 'CH130',
        args: { test, keys: beside },
        path: [beside[0] as string],
        onKey: true,
      });
    }
    const body = value[test] ?? {};
    if (isMapping(body)) checkNamed(test, body, [test], attachedTo, checker);
    else checker.hold(anyMapping, body, [test]);
  });
}

function checkNamed(
  test: string,
  body: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
  attachedTo: 'column' | 'node',
  checker: Checker,
): void {
  if (test.includes('.')) {
    checkPackageTest(test, path, checker);
    return;
  }
  const args = new Map<string, { value: unknown; path: readonly PropertyKey[] }>();
  for (const [key, value] of Object.entries(body)) {
    if (key === 'name') checker.hold(nonEmpty.nullish(), value, [...path, key]);
    else if (key === 'config') checker.hold(configSchema('test'), value ?? {}, [...path, key]);
    else if (key === 'arguments') {
      checker.hold(anyMapping, value ?? {}, [...path, key]);
      if (isMapping(value)) {
        for (const [name, argument] of Object.entries(value)) {
          args.set(name, { value: argument, path: [...path, key, name] });
        }
      }
    } else if (testConfigKeys.has(key)) checkConfigEntry('test', key, value, [...path, key], checker);
    else if (!itself.has(key)) args.set(key, { value, path: [...path, key] });
  }
  const signature = builtIn[test];
  if (signature === undefined) return;
  for (const [name, argument] of args) {
    const schema = signature.required[name] ?? signature.optional[name];
    if (schema !== undefined) {
      checker.hold(schema, argument.value, argument.path);
      continue;
    }
    const known = [
      ...Object.keys(signature.required),
      ...Object.keys(signature.optional),
      ...testConfigKeys,
      ...itself,
    ];
    const code = {
      key: name,
      where: `the test \`${test}\``,
      nearest: nearest(name, known),
      known: known.slice(0, -1),
    };
    checker.report({ code: 'CH102', args: code, path: argument.path, onKey: true });
  }
  const missing = Object.keys(signature.required).filter((name) => !args.has(name));
  for (const key of missing) {
    checker.report({ code: 'CH111', args: { key, where: `the test \`${test}\`` }, path });
  }
  if (attachedTo === 'node' && !args.has('column_name')) {
    const why = 'it stands on the whole table, not on a column';
    const fix = 'Add `column_name:` with a column or an expression, or move the test to a column.';
    checker.report({
      code: 'CH111',
      args: { key: 'column_name', where: `the test \`${test}\``, why, fix },
      path,
    });
  }
}

function checkPackageTest(test: string, path: readonly PropertyKey[], { report }: Checker): void {
  const args = {
    what: `the test \`${test}\` of a package`,
    reason: 'there are no packages',
    rewrite: `Copy its macro into macros/ as \`{% test ${test.slice(test.indexOf('.') + 1)}(model, ...) %}\`, and drop the prefix.`,
  };
  report({ code: 'CH113', args, path, onKey: path.length > 0 });
}
