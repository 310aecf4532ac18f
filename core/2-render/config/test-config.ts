import type { TestConfig } from '../rendered.ts';
import type { RawConfig } from './merge.ts';
import { flag, texts } from './node-config.ts';

const defaults: TestConfig = {
  severity: 'error',
  storeFailures: false,
  failCalc: 'count(*)',
  errorIf: '!= 0',
  warnIf: '!= 0',
  tags: [],
};

/** A data test's merged configuration with dbt's defaults. */
export function toTestConfig(raw: RawConfig): TestConfig {
  if (Object.keys(raw).length === 0) return defaults;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const where = text(raw.where);
  const limit =
    typeof raw.limit === 'number' ? raw.limit : typeof raw.limit === 'string' ? Number(raw.limit) : undefined;
  const storeAs = text(raw.store_failures_as);
  return {
    severity: text(raw.severity)?.toLowerCase() === 'warn' ? 'warn' : 'error',
    ...(where !== undefined && where.trim() !== '' && { where }),
    ...(limit !== undefined && Number.isInteger(limit) && { limit }),
    storeFailures: storeAs === undefined ? flag(raw.store_failures, false) : storeAs !== 'ephemeral',
    failCalc: text(raw.fail_calc) ?? defaults.failCalc,
    errorIf: text(raw.error_if) ?? defaults.errorIf,
    warnIf: text(raw.warn_if) ?? defaults.warnIf,
    tags: texts(raw.tags),
  };
}
