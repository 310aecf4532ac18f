import type { Check } from './check.ts';
import { githubFormat } from './github.ts';
import { jsonFormat } from './json.ts';
import { junitFormat } from './junit.ts';
import { sarifFormat } from './sarif.ts';

export type Format = 'json' | 'sarif' | 'junit' | 'github';

const writers: Readonly<Record<Format, (checks: readonly Check[]) => string>> = {
  json: jsonFormat,
  sarif: sarifFormat,
  junit: junitFormat,
  github: githubFormat,
};

/** Checks in the format of another tool. */
export function formatChecks(format: Format, checks: readonly Check[]): string {
  return writers[format](checks);
}
