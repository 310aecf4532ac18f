import { describe, expect, test } from 'vitest';
import { redirectRelations } from '../../../../core/5-audit/on-data/redirect.ts';

const relations = [
  { schema: 'raw', identifier: 'events' },
  { database: 'shop', schema: 'gold', identifier: 'Customer 360' },
];
const redirect = (sql: string): string => redirectRelations(sql, relations, 'past');

describe('redirectRelations', () => {
  test.each([
    ['select * from raw.events', 'select * from "past"."raw"."events"'],
    ['select * from "raw"."events" e', 'select * from "past"."raw"."events" e'],
    ['select * from RAW . EVENTS', 'select * from "past"."RAW"."EVENTS"'],
    [
      'select raw.events.amount from raw.events',
      'select "past"."raw"."events".amount from "past"."raw"."events"',
    ],
    ['from "shop"."gold"."Customer 360"', 'from "past"."gold"."Customer 360"'],
    ['from gold."Customer 360"', 'from "past"."gold"."Customer 360"'],
  ])('%s', (sql, expected) => {
    expect(redirect(sql)).toBe(expected);
  });

  test.each([
    "select 'raw.events'",
    'select 1 -- raw.events',
    'select 1 /* raw.events */',
    'select $$raw.events$$',
    'select events.raw from other.raw_events',
    'select "raw.events" from t',
    'from other.raw.eventss',
  ])('%s stays', (sql) => {
    expect(redirect(sql)).toBe(sql);
  });
});
