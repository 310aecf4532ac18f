import { auditProject } from '../audit-project.ts';
import type { AuditInput } from '../input.ts';
import { attemptModel, openOf } from '../model/attempt.ts';
import { type Decided, seedsOf } from '../model/prove.ts';
import { auditedModels } from '../on-data/closure.ts';
import { openAudit } from '../open-audit.ts';
import type { AuditOptions } from '../options.ts';
import type { Analysis } from '../plan/analysis.ts';
import type { AuditResult, WitnessReport } from '../report.ts';
import { card } from './card.ts';
import { contradiction } from './core.ts';
import { formulaText } from './words.ts';

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
  if (result.witness !== undefined) lines.push(...witnessLines(result, result.witness));
  const audit = await openAudit(input, [node]);
  try {
    const model = audit.planned(node.uniqueId);
    if (model === undefined) return lines.join('\n');
    const attempt = attemptModel(audit.analysis, node, model, options.budget ?? 3000, audit.without);
    const own = attempt.columns.find((one) => one.name === result.column);
    if (own === undefined) return lines.join('\n');
    const open = new Set(openOf(own));
    lines.push(
      ...proofLines(
        own.analysis,
        own.decided.filter((one) => !open.has(one) && one.proof.status === 'proved'),
      ),
    );
    lines.push(...[...open].slice(0, 3).flatMap((one) => openLines(own.analysis, one)));
  } finally {
    audit.close();
  }
  return lines.join('\n');
}

function witnessLines(result: AuditResult, witness: WitnessReport): string[] {
  const lines = ['Take these rows:'];
  for (const [source, rows] of Object.entries(witness.rows)) {
    for (const row of rows) lines.push(`  ${source}  ${JSON.stringify(row)}`);
  }
  lines.push(
    `At prediction_time ${witness.prediction_time}, ${result.column} is ${JSON.stringify(witness.with)}.`,
    `Without what was not yet available then, it is ${JSON.stringify(witness.without)}. Both were run.`,
    '',
  );
  return lines;
}

/** What contradicts what, once per place where a late row could come in. */
function proofLines(analysis: Analysis, decided: readonly Decided[]): string[] {
  const lines: string[] = [];
  const told = new Set<string>();
  for (const { obligation } of decided) {
    const { move, base } = obligation;
    const where = move.origin.path.join(' <- ');
    if (told.has(where) || move.origin.kind === 'volatile') continue;
    told.add(where);
    const goal = analysis.context.f.and(base, move.origin.unknown);
    const core = contradiction(analysis, goal, seedsOf(move));
    const subject =
      move.origin.kind === 'row' ? 'a row that became available later' : 'a cell filled in later';
    lines.push(`${where}: could ${subject} reach it? It would need all of`);
    for (const item of core) lines.push(`  - ${formulaText(analysis, item)}`);
    lines.push('  which contradict each other.');
  }
  return lines;
}

function openLines(analysis: Analysis, { obligation, proof }: Decided): string[] {
  const { move, formula } = obligation;
  const items = formula.kind === 'and' ? formula.items : [formula];
  const seeds = new Set(seedsOf(move));
  const near = items.filter((item) =>
    [...analysis.context.symbolsOf(item)].some((symbol) => seeds.has(symbol)),
  );
  return [
    `${move.origin.path.join(' <- ')}: ${proof.status === 'exhausted' ? 'no proof was found within the budget' : 'nothing contradicts'}`,
    `  - ${formulaText(analysis, move.origin.unknown)}`,
    ...near.slice(0, 8).map((item) => `  - ${formulaText(analysis, item)}`),
  ];
}
