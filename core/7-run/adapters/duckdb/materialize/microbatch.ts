import { type Diagnostic, nearest, reportRun } from '../../../../diagnostics/index.ts';
import { type BatchSize, batches, batchSizes } from '../../../plan/batches.ts';
import { filterInputs } from '../../../plan/filter-inputs.ts';
import type { Materialize, MaterializeContext } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { around } from '../../../plan/statement.ts';
import { identifier, identifiers, literal, relationName } from '../quote.ts';
import { enforceContract } from './contract.ts';
import { runsIncrementally } from './incremental.ts';
import { schemaChange } from './schema-change.ts';
import { dropOtherKind, planned } from './shared.ts';

/**
 * dbt's `microbatch`: the model is rebuilt one time range at a time. Inputs that declare an `event_time` are
 * filtered to the range (dbt's rule); where none does, the model's own output is. All ranges of a run share
 * the node's transaction, so a failing test takes all of them back.
 */
export const materializeMicrobatch: Materialize = (context) => {
  const settings = readSettings(context);
  if (!settings.ok) return settings;
  const incremental = runsIncrementally(context);
  const change = incremental ? schemaChange(context) : undefined;
  if (change?.ok === false) return change;
  const { node } = context;
  const name = relationName(node.relation);
  const columns = change === undefined ? undefined : identifiers(change.columns);
  const ranges = batches({
    ...settings,
    start: context.eventTime?.start ?? (incremental ? undefined : settings.begin),
    end: context.eventTime?.end,
    now: context.now,
  });
  const time = identifier(settings.eventTime);
  const statements: Statement[] = incremental
    ? [...(change?.statements ?? [])]
    : dropOtherKind(context.existing, name, 'table');
  for (const [index, range] of ranges.entries()) {
    const within = (column: string) =>
      `${column} >= ${instant(range.start)} and ${column} < ${instant(range.end)}`;
    if (incremental) statements.push({ sql: `delete from ${name} where ${within(time)}`, countsRows: false });
    const insert =
      columns === undefined
        ? `insert into ${name} by name from `
        : `insert into ${name} (${columns}) select ${columns} from `;
    const head = incremental || index > 0 ? insert : `create or replace table ${name} as from `;
    statements.push(batchStatement(context, head, within, time));
  }
  return planned(incremental ? 'microbatch' : 'create incremental', statements);
};

function batchStatement(
  context: MaterializeContext,
  head: string,
  within: (column: string) => string,
  time: string,
): Statement {
  const { node } = context;
  const sql = node.incremental?.sql ?? node.sql;
  const of = node.incremental === undefined ? 'full' : 'incremental';
  const inputs = node.dependsOn.flatMap((id) => {
    const input = context.nodes.get(id);
    const column = input?.config.raw.event_time;
    return input && typeof column === 'string'
      ? [{ relation: input.relation, where: within(identifier(column)) }]
      : [];
  });
  const select = enforceContract(node);
  if (inputs.length === 0)
    return around(`${head}(select * from (${select.head}`, sql, `${select.tail}) where ${within(time)})`, of);
  const { sql: filtered, edits } = filterInputs(sql, inputs);
  const statement = around(`${head}(${select.head}`, filtered, `${select.tail})`, of);
  return { ...statement, body: statement.body && { ...statement.body, edits } };
}

function instant(date: Date): string {
  return `timestamp ${literal(date.toISOString().replace('T', ' ').slice(0, 19))}`;
}

type Settings =
  | { ok: true; eventTime: string; begin: Date; size: BatchSize; lookback: number }
  | { ok: false; diagnostics: readonly Diagnostic[] };

function readSettings({ node }: MaterializeContext): Settings {
  const { event_time: eventTime, begin, batch_size: size, lookback } = node.config.raw;
  const place = { span: node.span, node: node.uniqueId };
  const refuse = (key: string, wanted: string, value: unknown): Settings => ({
    ok: false,
    diagnostics: [reportRun('CH732', { model: node.name, key, wanted, value: describe(value) }, place)],
  });
  if (typeof eventTime !== 'string')
    return refuse('event_time', "the name of the model's time column", eventTime);
  const start =
    typeof begin === 'string' ? new Date(begin.length <= 10 ? `${begin}T00:00:00Z` : utc(begin)) : undefined;
  if (start === undefined || Number.isNaN(start.getTime()))
    return refuse('begin', 'the first instant to build, such as 2024-01-01', begin);
  const found = batchSizes.find((known) => known === size);
  if (found === undefined) {
    const like = typeof size === 'string' ? nearest(size, batchSizes) : undefined;
    return refuse(
      'batch_size',
      `one of ${batchSizes.join(', ')}${like ? ` (did you mean ${like}?)` : ''}`,
      size,
    );
  }
  return {
    ok: true,
    eventTime,
    begin: start,
    size: found,
    lookback: typeof lookback === 'number' ? lookback : 1,
  };
}

function utc(text: string): string {
  return /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
}

function describe(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
