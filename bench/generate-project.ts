import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Size of a generated project. */
export interface GenerateOptions {
  readonly models?: number;
  /** Generic tests over all models, declared in YAML. */
  readonly tests?: number;
  /** Models per folder; each folder has one YAML file. */
  readonly perFolder?: number;
  readonly seed?: number;
}

export interface GeneratedProject {
  readonly models: number;
  readonly tests: number;
  readonly files: number;
  /** A model in the middle of the DAG, to edit in a benchmark. */
  readonly editable: string;
}

/**
 * Writes a project that binds without data: sources with declared columns, then layers of models that select,
 * join, aggregate and rank their parents, with macros, vars, folder configuration and descriptions. The same
 * options write the same bytes.
 *
 * @example generateProject('/tmp/big', { models: 10_000, tests: 20_000 });
 */
export function generateProject(dir: string, options: GenerateOptions = {}): GeneratedProject {
  const models = options.models ?? 10_000;
  const tests = options.tests ?? models * 2;
  const perFolder = options.perFolder ?? 50;
  const random = mulberry32(options.seed ?? 1);
  const layers = ['bronze', 'silver', 'gold'] as const;
  const counts = [Math.ceil(models * 0.3), Math.ceil(models * 0.5)];
  counts.push(models - (counts[0] as number) - (counts[1] as number));
  let files = 0;
  const write = (path: string, text: string): void => {
    const absolute = join(dir, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, text);
    files++;
  };
  write('churn_project.yml', projectFile);
  write('macros/money.sql', macros);
  const sources = Math.max(1, Math.ceil((counts[0] as number) / 30));
  write('models/sources.yml', sourcesFile(sources));
  const names: string[][] = [];
  let editable = '';
  let declared = 0;
  let written = 0;
  for (const [depth, layer] of layers.entries()) {
    const parents = names.at(-1) ?? [];
    const own: string[] = [];
    for (let index = 0; index < (counts[depth] as number); index++) {
      const name = `${layer}_${String(index).padStart(5, '0')}`;
      const folder = `models/${layer}/area_${String(Math.floor(index / perFolder)).padStart(3, '0')}`;
      const siblings = own.slice(-20);
      const sql =
        depth === 0
          ? bronze(index % sources, index)
          : derived(pick(random, parents), pick(random, [...parents.slice(0, 50), ...siblings]), index);
      write(`${folder}/${name}.sql`, sql);
      if (depth === 1 && editable === '') editable = `${folder}/${name}.sql`;
      own.push(name);
    }
    for (let first = 0; first < own.length; first += perFolder) {
      const group = own.slice(first, first + perFolder);
      const folder = `models/${layer}/area_${String(Math.floor(first / perFolder)).padStart(3, '0')}`;
      const blocks = group.map((name) => {
        written++;
        const due = Math.round((tests * written) / models) - declared;
        declared += due;
        return properties(name, due, parents[0]);
      });
      write(`${folder}/_${layer}.yml`, `version: 2\n\nmodels:\n${blocks.join('\n')}`);
    }
    names.push(own);
  }
  return { models, tests, files, editable };
}

const projectFile = `name: generated
version: "1.0"

vars:
  currency_rate: 1.1
  keep_status: open

models:
  generated:
    bronze:
      +materialized: view
      +tags: [raw]
    silver:
      +materialized: table
    gold:
      +materialized: table
      +tags: [served]
`;

const macros = `{% macro cents_to_euros(column, digits=2) -%}
  round({{ column }} / 100.0, {{ digits }})
{%- endmacro %}

{% macro keep(column) -%}
  {{ column }} = '{{ var("keep_status") }}'
{%- endmacro %}
`;

function sourcesFile(count: number): string {
  const tables = Array.from(
    { length: count },
    (_, index) => `      - name: feed_${index}
        location: data/feed_${index}/*.parquet
        available_at: loaded_at
        columns:
          - {name: id, data_type: bigint, tests: [not_null]}
          - {name: customer_id, data_type: bigint}
          - {name: amount, data_type: double}
          - {name: status, data_type: varchar}
          - {name: event_ts, data_type: timestamp}
          - {name: loaded_at, data_type: timestamp}`,
  );
  return `version: 2\n\nsources:\n  - name: raw\n    description: Feeds as delivered.\n    tables:\n${tables.join('\n')}\n`;
}

function bronze(source: number, index: number): string {
  return `{{ config(materialized='view') }}
-- One feed, typed and renamed; ${index}.
select
    id,
    customer_id,
    {{ cents_to_euros('amount') }} as amount,
    status,
    event_ts,
    loaded_at
from {{ source('raw', 'feed_${source}') }}
where id % 100 <> ${index % 100}
`;
}

function derived(left: string, right: string, index: number): string {
  switch (index % 4) {
    case 0:
      return `with orders as (
    select * from {{ ref('${left}') }}
),

filtered as (
    select *
    from orders
    where {{ keep('status') }}
)

select
    id,
    customer_id,
    amount * {{ var('currency_rate') }} as amount,
    status,
    event_ts,
    loaded_at
from filtered
`;
    case 1:
      return `select
    max(o.id) as id,
    o.customer_id,
    sum(o.amount) as amount,
    max(o.status) as status,
    max(o.event_ts) as event_ts,
    max(o.loaded_at) as loaded_at
from {{ ref('${left}') }} as o
group by o.customer_id
having count(*) > ${index % 7}
`;
    case 2:
      return `select
    l.id,
    l.customer_id,
    coalesce(l.amount, 0) + coalesce(r.amount, 0) as amount,
    {% for status in ['open', 'closed'] -%}
    {% if not loop.first %}|| {% endif %}case when l.status = '{{ status }}' then '{{ status }}' else '' end
    {% endfor -%}
    as status,
    l.event_ts,
    greatest(l.loaded_at, r.loaded_at) as loaded_at
from {{ ref('${left}') }} as l
left join {{ ref('${right}') }} as r on l.customer_id = r.customer_id
`;
    default:
      return `select id, customer_id, amount, status, event_ts, loaded_at
from {{ ref('${left}') }}
qualify row_number() over (partition by customer_id order by event_ts desc, id) <= ${1 + (index % 3)}
`;
  }
}

function properties(name: string, tests: number, parent: string | undefined): string {
  const menu = [
    ['id', '[not_null]'],
    ['customer_id', '[not_null]'],
    ['status', "[{accepted_values: {values: ['open', 'closed', 'lost', 'openclosed', '']}}]"],
    ['id', '[unique]'],
    [
      'customer_id',
      parent === undefined ? '[unique]' : `[{relationships: {to: ref('${parent}'), field: customer_id}}]`,
    ],
  ] as const;
  const perColumn = new Map<string, string[]>();
  for (let index = 0; index < tests; index++) {
    const [column, list] = menu[index % menu.length] as (typeof menu)[number];
    perColumn.set(column, [...(perColumn.get(column) ?? []), list.slice(1, -1)]);
  }
  const columns = (
    [
      ['id', 'Identifier of the row.'],
      ['customer_id', 'The customer it belongs to.'],
      ['amount', 'Amount in euros.'],
      ['status', 'Where it stands.'],
      ['event_ts', 'When it happened.'],
      ['loaded_at', 'When it became known.'],
    ] as const
  ).map(([column, description]) => {
    const list = perColumn.get(column);
    const lines = [`      - name: ${column}`, `        description: ${description}`];
    if (list !== undefined) lines.push(`        tests: [${list.join(', ')}]`);
    return lines.join('\n');
  });
  return `  - name: ${name}\n    description: "Generated model ${name}."\n    columns:\n${columns.join('\n')}\n`;
}

function pick(random: () => number, list: readonly string[]): string {
  return list[Math.floor(random() * list.length)] as string;
}

/** A small deterministic generator (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
