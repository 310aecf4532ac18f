import type { ConfigValue, Project, UnitTestDeclaration } from '../../1-load/index.ts';
import { expandTyped } from '../../2-render/index.ts';
import { mapping } from './fixture.ts';

/** A project in which a unit test's `overrides` hold: its variables, and macros that give what it says. */
export async function overridden(
  project: Project,
  { values }: UnitTestDeclaration,
): Promise<
  { readonly project: Project; readonly environment: Readonly<Record<string, string>> } | undefined
> {
  const { vars, macros, env_vars: environment } = mapping(values.overrides);
  const replaced = Object.entries(mapping(macros)).filter(([name]) => name !== 'is_incremental');
  if (vars === undefined && environment === undefined && replaced.length === 0) return undefined;
  const texts = Object.entries(mapping(environment)).map(([key, value]) => [key, String(value)] as const);
  const changed: Project = {
    ...project,
    vars: { ...project.vars, ...mapping(vars) },
    macros: [...replaced.map(([name, value]) => constantMacro(name, value)), ...project.macros],
  };
  // Typed files read variables when they are evaluated.
  const needsTypes = vars !== undefined && project.nodes.some(({ language }) => language === 'ts');
  const again = needsTypes ? (await expandTyped(changed)).project : changed;
  return { project: again, environment: Object.fromEntries(texts) };
}

/** A macro file whose macro gives one value, whatever it is called with. The first of a name counts. */
function constantMacro(name: string, value: ConfigValue): Project['macros'][number] {
  const unused = '{% if false %}{{ varargs }}{{ kwargs }}{% endif %}';
  const text = `{% macro ${name}() %}${unused}{% do return(${jinja(value)}) %}{% endmacro %}`;
  const path = `overrides of ${name}`;
  return { file: { path, text, hash: text }, language: 'sql' };
}

/** A value as a Jinja literal. */
function jinja(value: ConfigValue): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return `[${value.map(jinja).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, entry]) => `${jinja(key)}: ${jinja(entry as ConfigValue)}`)
      .join(', ')}}`;
  return typeof value === 'string'
    ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
    : String(value);
}
