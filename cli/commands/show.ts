import { EngineError, reportCli, type Scalar } from '#core';
import { projectFlags, selectionFlags } from '../args/shared-flags.ts';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';
import { table } from '../render/words.ts';
import { selectIds } from '../selection.ts';
import { openProject } from '../session.ts';
import { openTarget } from '../target.ts';

export const show = command({
  name: 'show',
  group: 'inspect',
  summary: 'Preview the rows of a model, or of any SQL',
  flags: {
    ...selectionFlags,
    ...projectFlags,
    inline: { kind: 'string', placeholder: 'SQL', summary: 'A query to run instead of a model' },
    limit: { kind: 'number', placeholder: 'N', integer: true, min: 1, summary: 'Rows to show (default: 10)' },
  },
  examples: [
    { line: 'churn show -s customer_360 --limit 5', says: 'Five rows of a built model' },
    { line: `churn show --inline "select count(*) from gold.customer_360"`, says: 'Any query on the target' },
  ],
  exits: [3, 4],
  run: async (context) => {
    const { flags, emit } = context;
    const opened = await openProject(context, { bind: false });
    const queries: { name: string; sql: string }[] = [];
    if (flags.inline !== undefined) queries.push({ name: 'inline', sql: flags.inline });
    else {
      if (flags.select.length === 0)
        fail(
          reportCli('CH906', {
            argument: 'a selection or --inline',
            command: 'show',
            fix: 'Write `churn show -s <model>`.',
          }),
        );
      for (const id of await selectIds(context, opened)) {
        const node = opened.graph.nodes.get(id);
        if (node === undefined || node.kind === 'test') continue;
        const { database, schema, identifier } = node.relation;
        const name = [...(database === undefined ? [] : [database]), schema, identifier]
          .map((part) => `"${part.replaceAll('"', '""')}"`)
          .join('.');
        queries.push({ name: node.name, sql: `select * from ${name}` });
      }
      if (queries.length === 0) return exitCodes.nothing;
    }
    const adapter = await openTarget(opened.project, { readOnly: true });
    const interrupt = () => adapter.main.interrupt();
    context.signal.addEventListener('abort', interrupt);
    try {
      for (const { name, sql } of queries) {
        const limited = `select * from (\n${sql.replace(/[\s;]+$/, '')}\n) limit ${flags.limit ?? 10}`;
        const { columns, rows } = await adapter.main.query(limited);
        const names = columns.map((column) => column.name);
        const text = table(
          names,
          rows.map((row) => row.map(cellText)),
        );
        emit({
          type: 'data',
          text: queries.length > 1 ? `${name}\n${text}\n` : text,
          records: rows.map((row) => ({
            type: 'row',
            node: name,
            values: Object.fromEntries(names.map((column, at) => [column, jsonValue(row[at] ?? null)])),
          })),
        });
      }
    } catch (error) {
      if (!(error instanceof EngineError) || context.signal.aborted) throw error;
      const { kind } = error.info;
      fail(
        reportCli('CH916', { problem: error.message }),
        kind === 'statement' || kind === 'missing-file' || kind === 'broken-file'
          ? exitCodes.failed
          : exitCodes.engine,
      );
    } finally {
      context.signal.removeEventListener('abort', interrupt);
      await adapter.close();
    }
    return exitCodes.done;
  },
});

function cellText(value: Scalar): string {
  const text = value === null ? 'NULL' : String(value).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** JSON has no room for integers beyond 2^53: they are written as text. */
function jsonValue(value: Scalar): string | number | boolean | null {
  return typeof value === 'bigint' ? value.toString() : value;
}
