import { sliceText } from '../jinja/segments.ts';
import { MappedText } from '../jinja/values/value.ts';
import { endOfBlanks } from './hash.ts';
import { MappedBuilder, type MappedSql, type Site } from './mapped-sql.ts';

/** An ephemeral model's SQL under the name its readers use, and where it was first referred to. */
export interface InlinedModel {
  readonly cte: string;
  readonly sql: MappedSql;
  readonly site: Site;
}

const withKeyword = /^with(\s+recursive)?(?=[\s"(]|--|\/\*)/i;

/**
 * Puts ephemeral models before a query as CTEs, in the given order, merging them into a WITH clause that is already
 * there, as dbt does.
 */
export function inlineEphemeral(sql: MappedSql, models: readonly InlinedModel[]): MappedSql {
  if (models.length === 0) return sql;
  const { text } = sql;
  const start = endOfBlanks(text, 0);
  const existing = withKeyword.exec(text.slice(start));
  const split = start + (existing?.[0].length ?? 0);
  const mapped = new MappedText(text, sql.segments);
  const builder = new MappedBuilder();
  const first = models[0] as InlinedModel;
  builder.add(sliceText(mapped, 0, existing ? split : start));
  if (!existing) builder.glue('with', first.site);
  for (const [i, { cte, sql: body, site }] of models.entries()) {
    builder
      .glue(`${i === 0 ? '' : ','} ${cte} as (\n`, site)
      .add(body)
      .glue('\n)', site);
  }
  builder.glue(existing ? ', ' : '\n', first.site);
  // What followed the keyword keeps its place; only the blanks right behind it are dropped.
  const rest = existing ? split + (/^\s*/.exec(text.slice(split)) as RegExpExecArray)[0].length : start;
  return builder.add(sliceText(mapped, rest, text.length)).build();
}
