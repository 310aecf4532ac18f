import type { Expression, Star } from '../../sql/index.ts';
import { type PassContext, selectPass } from './pass.ts';
import { type StarColumn, starColumns } from './scope.ts';

/** `*`, `t.*`, EXCLUDE, REPLACE, RENAME and a top-level `COLUMNS('pattern')` become columns. */
export const expandStars = selectPass('expand-stars', (select, context) => {
  const { environment, scope } = context;
  // `t.*` is all of t's columns; a bare star shows the columns that USING merged once.
  const columns = (star: Star) =>
    star.relation === undefined
      ? starColumns(select.from, environment)
      : scope.relations.flatMap(({ alias, columns: own }) =>
          matches(alias, star.relation as string)
            ? own.map((column) => ({ ...column, relation: alias }))
            : [],
        );
  return {
    ...select,
    items: select.items.flatMap((item) =>
      item.kind === 'star' ? expand(item, columns(item), context) : [item],
    ),
  };
});

function expand(star: Star, all: readonly StarColumn[], context: PassContext): Expression[] {
  const pattern = patternOf(star, context);
  return all
    .filter((column) => pattern.test(column.name))
    .filter((column) => !star.exclude.some((path) => names(path, column)))
    .map((column) => {
      const replaced = star.replace.find(({ name }) => matches(name, column.name));
      const alias = star.rename.find(({ from }) => names(from, column))?.to ?? column.name;
      if (replaced) return { ...replaced.expression, alias };
      const path = column.relation === undefined ? [column.name] : [column.relation, column.name];
      return { kind: 'column', path, alias, ...(star.at === undefined ? {} : { at: star.at }) };
    });
}

function matches(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

function names(path: readonly string[], column: StarColumn): boolean {
  const relation = path.at(-2);
  return matches(path.at(-1), column.name) && (relation === undefined || matches(column.relation, relation));
}

const anything = /(?:)/;

function patternOf(star: Star, { refusals }: PassContext): RegExp {
  if (!star.columns || star.pattern === undefined) return anything;
  if (star.pattern.kind === 'literal') return new RegExp(String(star.pattern.value));
  refusals.add({
    ...(star.at === undefined ? {} : { at: star.at }),
    what: 'COLUMNS with a lambda',
    why: 'it is resolved by DuckDB alone',
    rewrite: 'name the columns, or give COLUMNS a regular expression',
  });
  return anything;
}
