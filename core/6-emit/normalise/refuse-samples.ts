import { queryPass } from './pass.ts';

/** Samples and percentages of rows have no equal elsewhere: what is sampled would differ. */
export const refuseSamples = queryPass('refuse-samples', (query, { refusals }) => {
  const at = query.kind === 'select' ? query.items[0]?.at : undefined;
  const place = at === undefined ? {} : { at };
  if (query.kind === 'select' && query.sample) {
    refusals.add({
      ...place,
      what: 'a sample',
      why: 'each engine draws other rows',
      rewrite: 'filter on a hash of the key',
    });
  }
  if (query.limit?.percent) {
    refusals.add({
      ...place,
      what: 'LIMIT with a percentage',
      why: 'only DuckDB has it',
      rewrite: 'filter on percent_rank() or ntile()',
    });
  }
  return query;
});
