import { queryPass } from '../normalise/pass.ts';

/** T-SQL has EXCEPT and INTERSECT of distinct rows only. */
export const refuseSetAll = queryPass('refuse-set-all', (query, { refusals }) => {
  if (query.kind === 'set-operation' && query.all && query.operator !== 'union') {
    refusals.add({
      what: `${query.operator.toUpperCase()} ALL`,
      why: 'T-SQL has it for distinct rows only',
      rewrite: 'number equal rows with row_number() and compare the numbers too',
    });
  }
  return query;
});
