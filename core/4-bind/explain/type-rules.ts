import { reportBind } from '../../diagnostics/index.ts';
import type { Rule } from './rule.ts';
import { placeOf } from './site.ts';

/** Types that do not fit, and aggregates, windows and subqueries where they cannot be. */
export const typeRules: readonly Rule[] = [
  (error, site) => {
    const match = /^column "(.*?)" must appear in the GROUP BY clause/.exec(error.message);
    if (match === null) return undefined;
    return reportBind('CH406', { name: match[1] as string }, placeOf(site, error.position, match[1]));
  },
  (error, site) => {
    const advice = misplaced.find(([pattern]) => pattern.test(error.message));
    if (advice === undefined) return undefined;
    return reportBind(
      'CH407',
      { engine: firstLine(error.message), cause: advice[2], fix: advice[1] },
      placeOf(site, error.position),
    );
  },
  (error, site) => {
    const match = /^No function matches the given name and argument types '(.*?)\((.*)\)'/.exec(
      error.message,
    );
    if (match === null) return undefined;
    const [, name = '', types = ''] = match;
    const candidates = [...error.message.matchAll(/^\t(\S.*\(.*)$/gm)].map((line) => line[1] as string);
    return reportBind(
      'CH408',
      { name, types: spelled(types), candidates: closest(candidates, types) },
      placeOf(site, error.position, /^\w/.test(name) ? name : undefined),
    );
  },
  (error, site) => {
    const match =
      /^Cannot (?:compare|mix|combine) values of type (.*?) and (?:type )?(.*?)(?: in (.*?))?(?: operator| clause)? - an explicit cast/.exec(
        error.message,
      );
    if (match === null) return undefined;
    const where = match[3] ?? 'a comparison';
    return reportBind(
      'CH409',
      { left: spelled(match[1] as string), right: spelled(match[2] as string), where },
      placeOf(site, error.position, match[3]?.split(' ')[0]),
    );
  },
  (error, site) => {
    if (!/^Set operations can only apply to expressions with the same number/.test(error.message))
      return undefined;
    const word = /\b(union|intersect|except)\b/i.exec(site.sql)?.[0];
    return reportBind('CH410', { engine: error.message }, placeOf(site, error.position, word));
  },
  (error, site) => {
    if (!/^Subquery returns \d+ columns/.test(error.message)) return undefined;
    return reportBind('CH413', { engine: firstLine(error.message) }, placeOf(site, error.position));
  },
];

/** What DuckDB says, what to do, and why it may be said against appearances. */
const misplaced: readonly (readonly [RegExp, string, string?])[] = [
  [
    /WHERE clause cannot contain aggregates/,
    'Filter groups with HAVING, or aggregate in a CTE first.',
    'In a subquery it means that the column is the outer one: what the subquery reads has none of that name.',
  ],
  [/WHERE clause cannot contain window functions/, 'Filter windows with QUALIFY, or use a CTE.'],
  [/GROUP BY clause cannot contain/, 'Compute it in a CTE first and group by its column.'],
  [/HAVING clause cannot contain window functions/, 'Filter windows with QUALIFY.'],
  [/aggregate function calls cannot be nested/, 'Compute the inner aggregate in a CTE first.'],
  [/aggregate function calls cannot contain window/, 'Compute the window in a CTE first.'],
  [/window functions? (calls )?cannot be nested/i, 'Compute the inner window in a CTE first.'],
  [/cannot contain aggregates/, 'Aggregate in a CTE first.'],
  [/cannot contain window functions/, 'Compute the window in a CTE first.'],
  [/Cannot mix aggregates with non-aggregated/, 'Name the other columns in GROUP BY, or aggregate them.'],
  [/at least one window function must appear in/, 'QUALIFY filters windows: use WHERE, or add one.'],
];

/** The overloads most like the call: as many arguments, most of the same types in place. */
function closest(candidates: readonly string[], types: string): string[] {
  const given = types.split(', ');
  const likeness = (candidate: string) => {
    const takes = (/\((.*)\) ->/.exec(candidate)?.[1] ?? '').split(', ');
    return takes.length === given.length ? takes.filter((type, index) => type === given[index]).length : -1;
  };
  return [...candidates].sort((a, b) => likeness(b) - likeness(a)).slice(0, 4);
}

function firstLine(message: string): string {
  return (message.split('\n')[0] as string).replace(/!$/, '');
}

/** DuckDB's names of untyped literals, in words. */
function spelled(types: string): string {
  return types.replaceAll('INTEGER_LITERAL', 'INTEGER').replaceAll('STRING_LITERAL', 'VARCHAR');
}
