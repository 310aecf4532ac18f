import type { Project } from '../../1-load/index.ts';

/** Settings that decide what types and names SQL binds to; a target's other settings do not matter here. */
const bindingSettings = new Set([
  'integer_division',
  'old_implicit_casting',
  'preserve_identifier_case',
  'default_collation',
]);

/** The target's `settings:` that the embedded engine needs too. */
export function engineSettings({ target }: Project): Readonly<Record<string, string>> {
  const settings = target.options.settings?.value;
  if (target.type !== 'duckdb' || typeof settings !== 'object' || settings === null) return {};
  const own = Object.entries(settings).filter(([name]) => bindingSettings.has(name.toLowerCase()));
  return Object.fromEntries(own.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
