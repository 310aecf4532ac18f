import type { RenderedNode } from '../../2-render/index.ts';
import { auditProject } from '../audit-project.ts';
import type { AuditInput } from '../input.ts';
import { attemptModel, type ColumnAttempt, openOf } from '../model/attempt.ts';
import { closureIds } from '../model/closure-ids.ts';
import { auditedModels } from '../on-data/closure.ts';
import { openAudit } from '../open-audit.ts';
import type { AuditOptions } from '../options.ts';
import { card } from './card.ts';
import { openText } from './open-text.ts';
import { proofText } from './proof-text.ts';
import { type Clocks, witnessText } from './witness-text.ts';

/**
 * The proof or the witness of one column, step by step, for a reader who never saw a solver.
 *
 * @param name `model.column`, or `model` for the presence of its rows
 * @returns undefined when there is no such audited column
 */
export async function explainColumn(
  input: AuditInput,
  name: string,
  options: AuditOptions = {},
): Promise<string | undefined> {
  const [modelName = '', column = '(rows)'] = name.split('.');
  const node = auditedModels(input).find((one) => one.name === modelName);
  if (node === undefined) return undefined;
  const report = await auditProject(input, { ...options, models: new Set([node.uniqueId]) });
  const result = report.results.find((one) => one.column.toLowerCase() === column.toLowerCase());
  if (result === undefined) return undefined;
  const lines = [card(result), ''];
  const audit = await openAudit(input, [node]);
  try {
    if (result.witness !== undefined)
      lines.push(...witnessText(result, result.witness, clocksOf(input, node), mentions(input, node)));
    const model = audit.planned(node.uniqueId);
    if (model === undefined) return lines.join('\n');
    const attempt = attemptModel(audit.analysis, node, model, options.budget ?? 3000, audit.without);
    const own = attempt.columns.find((one) => one.name === result.column);
    if (own === undefined) return lines.join('\n');
    const open = openOf(own);
    if (open.length > 0) lines.push(...openText(own.analysis, open));
    else
      lines.push(
        ...labelText(own),
        ...proofText(
          own.analysis,
          own.decided.filter(({ proof }) => proof.status === 'proved'),
        ),
      );
  } finally {
    audit.close();
  }
  return lines.join('\n').trimEnd();
}

/** What makes a label one: which instants of later rows may change it. */
function labelText({ label }: ColumnAttempt): string[] {
  if (label === undefined) return [];
  const told = new Set(label.verdict.clocks.map(({ source, clock }) => `${source}.${clock}`));
  return [
    'What makes it a label',
    '',
    ...[...told].map(
      (clock) =>
        `   Rows with ${clock} in (prediction_time, prediction_time + ${label.horizon}] may change it;`,
    ),
    '   nothing else that becomes known after prediction_time may.',
    '',
  ];
}

/** The columns that tell when rows and cells of the sources are known. */
function clocksOf(input: AuditInput, root: RenderedNode): Clocks {
  const sources = closureIds(input, root.uniqueId).map((id) => input.graph.nodes.get(id));
  return new Map(
    sources.flatMap((node) => {
      if (node?.kind !== 'source') return [];
      const cells = node.table.columns.flatMap(({ name, availableAt }): [string, string][] =>
        availableAt === undefined ? [] : [[name, /\w+/.exec(availableAt.value)?.[0] ?? '']],
      );
      const row = node.table.availableAt?.value;
      return [[`${node.sourceName}.${node.name}`, { row, cells: new Map(cells) }] as const];
    }),
  );
}

/** Whether a column's name occurs in the SQL of the models: others do not matter. */
function mentions(input: AuditInput, root: RenderedNode): (column: string) => boolean {
  const words = new Set<string>();
  for (const id of closureIds(input, root.uniqueId)) {
    const node = input.graph.nodes.get(id);
    if (node?.kind === 'model') for (const [word] of node.sql.toLowerCase().matchAll(/\w+/g)) words.add(word);
  }
  return (column) => words.has(column.toLowerCase());
}
