import { expect, test } from 'vitest';
import { filterInputs, originalOffset } from '../../../core/7-run/plan/filter-inputs.ts';

const filters = [{ relation: { schema: 's', identifier: 't' }, where: 'd > 1' }];

test.each([
  ['select * from s.t', 'select * from (select * from s.t where d > 1) as "t"'],
  ['select * from "s"."t" where x', 'select * from (select * from "s"."t" where d > 1) as "t" where x'],
  ['select * from s.t as a', 'select * from (select * from s.t where d > 1) as a'],
  ['select * from s.t a join u', 'select * from (select * from s.t where d > 1) a join u'],
  [
    'select * from u left join S.T on true',
    'select * from u left join (select * from S.T where d > 1) as "t" on true',
  ],
  ['select * from u, s.t', 'select * from u, (select * from s.t where d > 1) as "t"'],
  [
    'select * from (select * from s.t)',
    'select * from (select * from (select * from s.t where d > 1) as "t")',
  ],
  [
    "select 'from s.t' -- from s.t\n from x /* from s.t */",
    "select 'from s.t' -- from s.t\n from x /* from s.t */",
  ],
  ['select s.t.d from s.tt', 'select s.t.d from s.tt'],
  ['select $$from s.t$$ from s2.t', 'select $$from s.t$$ from s2.t'],
  ['select a, s.t.d from u', 'select a, s.t.d from u'],
])('%s', (sql, expected) => {
  expect(filterInputs(sql, filters).sql).toBe(expected);
});

test('places in the result are traced back', () => {
  const sql = 'select nope from s.t, s.t as b where oops';
  const { sql: filtered, edits } = filterInputs(sql, filters);
  for (const word of ['nope', 'oops', 'as b']) {
    expect(originalOffset(edits, filtered.indexOf(word))).toBe(sql.indexOf(word));
  }
  expect(originalOffset(edits, filtered.indexOf('d > 1'))).toBe(sql.indexOf('s.t'));
});
