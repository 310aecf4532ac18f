import { nearest, reportBind } from '../../diagnostics/index.ts';
import type { Rule } from './rule.ts';
import { placeOf } from './site.ts';

/** Columns, tables, functions and types that do not exist. */
export const nameRules: readonly Rule[] = [
  (error, site) => {
    if (error.subtype !== 'COLUMN_NOT_FOUND' || error.name === undefined) return undefined;
    return missingColumn(error.name, undefined, site, error.position, error.candidates);
  },
  (error, site) => {
    const match = /^Table "(.*)" does not have a column named "(.*?)"/.exec(error.message);
    if (match === null) return undefined;
    return missingColumn(match[2] as string, match[1], site, error.position);
  },
  (error, site) => {
    const match =
      /^Column "(.*?)" in (?:EXCLUDE|REPLACE|RENAME) list not found/.exec(error.message) ??
      /^Column "(.*?)" does not exist on (?:left|right) side of join/.exec(error.message) ??
      /^Column (?:named )?"?(.*?)"? (?:does not exist|not found)/.exec(error.message);
    return match === null ? undefined : missingColumn(match[1] as string, undefined, site, error.position);
  },
  (error, site) => {
    const match = /^Ambiguous reference to column name "(.*?)" \(use: (.*)\)/s.exec(error.message);
    if (match === null) return undefined;
    const choices = [...(match[2] as string).matchAll(/"([^"]+)"/g)].map((choice) => choice[1] as string);
    const name = match[1] as string;
    return reportBind('CH405', { name, choices }, placeOf(site, error.position, name));
  },
  (error, site) => {
    const match = /^Referenced table "(.*?)" not found!(?:\s*Candidate tables: (.*))?/s.exec(error.message);
    if (match === null) return undefined;
    const available = [...(match[2] ?? '').matchAll(/"([^"]+)"/g)].map((table) => table[1] as string);
    const name = match[1] as string;
    return reportBind(
      'CH411',
      { name, available, nearest: nearest(name, available) },
      placeOf(site, error.position, name),
    );
  },
  (error, site, context) => {
    const inSchema = /^Table with name "(.*?)" does not exist because/.exec(error.message)?.[1];
    const name = inSchema ?? (error.entry === 'Table' ? error.name : undefined);
    if (name === undefined) return undefined;
    const place = placeOf(site, error.position, name);
    const reference = context.reference(name);
    return reference === undefined
      ? reportBind('CH403', { name, nearest: context.nearestRelation(name) }, place)
      : reportBind('CH418', { name, reference }, place);
  },
  (error, site) => {
    const match = /^(?:Catalog|Schema) (?:with name )?"?(.*?)"? does not exist/.exec(error.message);
    if (match === null) return undefined;
    return reportBind('CH403', { name: match[1] as string }, placeOf(site, error.position, match[1]));
  },
  (error, site) => {
    if (error.subtype !== 'MISSING_ENTRY' || !error.entry?.includes('Function') || !error.name)
      return undefined;
    const { name } = error;
    return reportBind(
      'CH404',
      {
        name,
        window: windowFunctions.has(name.toLowerCase()),
        nearest: error.candidates?.find((candidate) => /^[\w.]+$/.test(candidate)),
      },
      placeOf(site, error.position, name),
    );
  },
  (error, site) => {
    if (error.subtype !== 'MISSING_ENTRY' || error.entry !== 'Type' || !error.name) return undefined;
    const suggestion = nearest(error.name, commonTypes) ?? error.candidates?.[0];
    return reportBind(
      'CH412',
      { name: error.name, nearest: suggestion },
      placeOf(site, error.position, error.name),
    );
  },
];

/** The column, with the nearest of all that the statement could see rather than of the few that DuckDB lists. */
const missingColumn = (
  name: string,
  relation: string | undefined,
  site: Parameters<Rule>[1],
  position: number | undefined,
  candidates: readonly string[] = [],
) => {
  const visible = [...new Set([...site.visible(), ...candidates])];
  return reportBind(
    'CH402',
    { name, relation, nearest: nearest(name, visible), available: visible.length <= 12 ? visible : [] },
    placeOf(site, position, name),
  );
};

const windowFunctions = new Set([
  'row_number',
  'rank',
  'dense_rank',
  'percent_rank',
  'cume_dist',
  'ntile',
  'lag',
  'lead',
  'first_value',
  'last_value',
  'nth_value',
]);

const commonTypes = [
  'boolean',
  'tinyint',
  'smallint',
  'integer',
  'bigint',
  'hugeint',
  'double',
  'float',
  'decimal',
  'varchar',
  'text',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'interval',
  'uuid',
  'blob',
  'json',
];
