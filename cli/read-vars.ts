import { type ConfigValue, reportCli } from '#core';
import { fail } from './failures.ts';

/** `--vars` as a mapping. YAML is a superset of JSON, so that one reader serves both. */
export async function readVars(text: string | undefined): Promise<Readonly<Record<string, ConfigValue>>> {
  if (text === undefined) return {};
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    fail(reportCli('CH907', { problem: (error as Error).message.split('\n')[0] ?? '' }));
  }
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    const kind = Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'a text' : `a ${typeof value}`;
    fail(reportCli('CH907', { problem: `it is ${kind}` }));
  }
  return value as Record<string, ConfigValue>;
}
