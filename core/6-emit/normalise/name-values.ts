import { type Query, rewriteQuery } from '../../sql/index.ts';
import type { Pass } from './pass.ts';

/** Columns of VALUES get DuckDB's names, `col0` and on: engines number them differently. */
export const nameValues: Pass = {
  name: 'name-values',
  apply: (query): Query =>
    rewriteQuery(query, {
      from: (item) =>
        item.kind === 'values' && item.columns.length === 0
          ? { ...item, columns: (item.rows[0] ?? []).map((_, index) => `col${index}`) }
          : item,
    }),
};
