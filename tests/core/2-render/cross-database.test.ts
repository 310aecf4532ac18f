import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { renderModel } from './support.ts';

/** dbt's cross-database macros, executed: the text they give has to mean what dbt documents. */
const cases: readonly (readonly [template: string, value: string])[] = [
  ["{{ dbt.dateadd('day', 2, \"date '2024-02-28'\") }}", '2024-03-01 00:00:00'],
  [
    "{{ dateadd(datepart='month', interval=-1, from_date_or_timestamp=\"date '2024-03-31'\") }}",
    '2024-02-29 00:00:00',
  ],
  ["{{ dbt.datediff(\"'2024-01-01'\", \"'2024-03-01'\", 'month') }}", '2'],
  ["{{ dbt.datediff(\"date '2024-01-01'\", \"timestamp '2024-01-02 01:00:00'\", 'hour') }}", '25'],
  ["{{ dbt.date_trunc('month', \"date '2024-02-28'\") }}", '2024-02-01 00:00:00'],
  ["{{ dbt.last_day(\"date '2024-02-03'\", 'month') }}", '2024-02-29'],
  ["{{ dbt.last_day(\"date '2024-02-03'\", 'quarter') }}", '2024-03-31'],
  ['{{ dbt.date(2024, 2, 3) }}', '2024-02-03'],
  ['{{ dbt.safe_cast("\'x\'", dbt.type_int()) }} is null', 'true'],
  ['{{ dbt.cast("\'5\'", dbt.type_int()) }} + 1', '6'],
  ["{{ dbt.concat([\"'a'\", dbt.string_literal('b'), \"'c'\"]) }}", 'abc'],
  ['{{ dbt.hash("\'a\'") }}', '0cc175b9c0f1b6a831c399e269772661'],
  ['{{ dbt.string_literal(dbt.escape_single_quotes("it\'s")) }}', "it's"],
  ['{{ dbt.length("\'abc\'") }} + {{ dbt.position("\'c\'", "\'abc\'") }}', '6'],
  ['{{ dbt.replace("\'abc\'", "\'b\'", "\'x\'") }} || {{ dbt.right("\'abc\'", 1) }}', 'axcc'],
  ['{{ dbt.split_part("\'a|b|c\'", "\'|\'", 2) }}', 'b'],
  ["{{ dbt.cast_bool_to_text('1 = 1') }}", 'true'],
  ["{{ dbt.bool_or('v > 2') }} and {{ dbt.any_value('1') }} = 1 from (values (1), (3)) as t(v)", 'true'],
  ["{{ dbt.listagg('v', \"'-'\", 'order by v desc') }} from (values (1), (3), (2)) as t(v)", '3-2-1'],
  ["{{ dbt.listagg('v', \"'-'\", 'order by v desc', 2) }} from (values (1), (3), (2)) as t(v)", '3-2'],
  [
    '{{ dbt.array_concat(dbt.array_construct([1, 2]), dbt.array_append(dbt.array_construct([3]), 4)) }}',
    '1,2,3,4',
  ],
  [
    'count(*) from (select 1 {{ dbt.except() }} select 1 union all (select 2 {{ dbt.intersect() }} select 2))',
    '1',
  ],
  [
    "typeof(1::{{ dbt.type_bigint() }}) || typeof(1::{{ type_string() }}) || typeof('2024-01-01'::{{ dbt.type_timestamp() }})",
    'BIGINTVARCHARTIMESTAMP',
  ],
  ['typeof({{ dbt.current_timestamp() }})', 'TIMESTAMP WITH TIME ZONE'],
];

test('cross-database macros mean on DuckDB what dbt says', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    const found: string[] = [];
    for (const [template] of cases) {
      const sql = await renderModel(`select ${template}`);
      const result = await connection
        .runAndReadAll(`${sql.replace(/^select /, 'select * from (select ')})`)
        .catch((error: unknown) => String(error));
      found.push(
        typeof result === 'string' ? `${sql}: ${result}` : String(result.getRowsJson()[0]?.[0] ?? 'NULL'),
      );
    }
    expect(found).toEqual(cases.map(([, value]) => value));
  } finally {
    connection.closeSync();
  }
});
