import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const files: Readonly<Record<string, string>> = {
  'churn_project.yml': `name: tiny
version: "1.0"
target: dev
targets:
  dev: {type: duckdb, path: target/tiny.duckdb, schema: main}
  spark: {type: spark, schema: main}
  fabric: {type: fabric, schema: main}
models: {tiny: {+materialized: table}}
`,
  'models/sources.yml': `version: 2
sources:
  - name: raw
    tables:
      - name: items
        location: items.csv
        columns:
          - {name: id, data_type: bigint, tests: [not_null]}
          - {name: day, data_type: date}
          - {name: amount, data_type: "decimal(10,2)"}
          - {name: note, data_type: varchar}
`,
  'models/models.yml': `version: 2
models:
  - name: by_key
    columns: [{name: id, tests: [unique, not_null]}]
  - name: contracted
    columns:
      - {name: id, data_type: bigint, constraints: [{type: not_null}]}
      - {name: amount, data_type: "decimal(10,2)"}
  - name: totals
    columns: [{name: total, tests: [{accepted_range: {}}]}]
`,
  'macros/test_accepted_range.sql': `{% test accepted_range(model, column_name) %}
select * from {{ model }} where {{ column_name }} < 0
{% endtest %}
`,
  'models/items_view.sql': `{{ config(materialized='view') }}
select *, amount * 2 as twice from {{ source('raw', 'items') }}`,
  'models/appended.sql': `{{ config(materialized='incremental', incremental_strategy='append') }}
select id, day, amount from {{ ref('items_view') }}
{% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}`,
  'models/replaced.sql': `{{ config(materialized='incremental', unique_key='day', incremental_strategy='delete+insert') }}
select id, day, amount, note from {{ ref('items_view') }}
{% if is_incremental() %}where day >= (select max(day) from {{ this }}){% endif %}`,
  'models/by_key.sql': `{{ config(materialized='incremental', unique_key='id', incremental_strategy='merge') }}
select id, day, amount, note from {{ ref('items_view') }}
{% if is_incremental() %}where day >= (select max(day) from {{ this }}){% endif %}`,
  'models/totals.sql': `select day, sum(amount)::double as total, count(*) as items, avg(amount) as mean
from {{ ref('replaced') }} group by all`,
  'models/contracted.sql': `{{ config(contract={'enforced': true}) }}
select id, amount from {{ ref('replaced') }}`,
  'models/versions.sql': `select id, amount, note, dbt_valid_to is null as open, dbt_valid_from <= coalesce(dbt_valid_to, dbt_valid_from) as ordered
from {{ ref('history') }}`,
  'seeds/words.csv': 'id,word,weight\n1,it\'s,0.5\n2,back\\slash,\n3,"two\nlines",1e-3\n',
  'snapshots/history.sql': `{% snapshot history %}
{{ config(unique_key='id', strategy='check', check_cols=['amount', 'note']) }}
select id, amount, note from {{ ref('items_view') }}
{% endsnapshot %}`,
};

export const firstItems =
  'id,day,amount,note\n1,2024-01-30,10.00,a\n2,2024-01-31,20.50,b\n3,2024-01-31,0.10,\n';
export const secondItems =
  'id,day,amount,note\n1,2024-01-30,10.00,a\n2,2024-01-31,21.50,b\n4,2024-01-31,7.00,new\n5,2024-02-29,1.25,é\n';
/** Against the test of totals: its sum is negative. */
export const brokenItems = `${secondItems}6,2024-03-01,-5.00,\n`;

/** A project with every materialisation, in a folder of its own. */
export function writeTinyProject(folder: string): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export function writeItems(folder: string, text: string): void {
  writeFileSync(join(folder, 'items.csv'), text);
}
