import type { AuditJson, AuditResult, RuleFinding } from '#core';
import type { Paint } from './render/paint.ts';
import { plural } from './render/words.ts';

const marks: Readonly<Record<AuditResult['verdict'], readonly [string, 'green' | 'red' | 'yellow']>> = {
  PROVED: ['PROVED', 'green'],
  UNCHANGED: ['UNCHANGED', 'green'],
  REFUTED: ['REFUTED', 'red'],
  UNPROVEN: ['UNPROVEN', 'yellow'],
};

export interface AuditTextOptions {
  readonly paint: Paint;
  /** Every column; without it a model's columns that are well are counted only. */
  readonly verbose: boolean;
}

/** The audit by model, and the reason under what is not well. */
export function auditText(audit: AuditJson, { paint, verbose }: AuditTextOptions): string {
  const models = [...new Set(audit.results.map(({ model }) => model))];
  const names = Math.max(0, ...models.map((model) => model.length));
  const width = Math.max(0, ...audit.results.map(({ column }) => column.length));
  const blocks = models.map((model) => {
    const results = audit.results.filter((one) => one.model === model);
    const told = verbose ? results : results.filter((one) => !isWell(one));
    const well = results.filter(({ verdict }) => verdict === 'PROVED' || verdict === 'UNCHANGED').length;
    const word = audit.check === 'on-data' ? 'unchanged' : 'proved';
    const head = `${paint('bold', model)}${' '.repeat(names - model.length)}  ${well} of ${results.length} ${word}`;
    return [head, ...told.flatMap((one) => resultLines(one, width, paint))].join('\n');
  });
  const rules = (audit.findings ?? []).map((finding) => findingLines(finding, paint));
  return [...blocks, ...rules, '', summaryLine(audit)].join('\n');
}

function isWell({ verdict, warnings, known_at }: AuditResult): boolean {
  if (known_at?.verdict === 'UNPROVEN') return false;
  return (verdict === 'PROVED' || verdict === 'UNCHANGED') && (warnings ?? []).length === 0;
}

function resultLines(result: AuditResult, width: number, paint: Paint): string[] {
  const [word, style] = marks[result.verdict];
  const sources = result.sources.join(', ');
  const window = result.window
    ? `  [${result.window.from ?? '…'}, ${result.window.to ?? '…'}] ${result.window.clock}`
    : '';
  const lines = [
    `  ${paint(style, word.padEnd(9))}  ${result.column.padEnd(width)}  ${sources}${window}`.trimEnd(),
  ];
  const indent = ' '.repeat(13);
  if (result.verdict === 'REFUTED' || result.verdict === 'UNPROVEN') {
    if (result.reason) lines.push(`${indent}${result.reason}`);
    if (result.at) lines.push(`${indent}at ${result.at.file}:${result.at.line}:${result.at.column}`);
    if (result.path) lines.push(`${indent}path: ${result.path.join(' <- ')}`);
    if (result.witness) {
      const { prediction_time, with: full, without } = result.witness;
      lines.push(
        `${indent}at ${prediction_time}: ${JSON.stringify(full)} with the future, ${JSON.stringify(without)} without`,
      );
    }
  }
  if (result.known_at !== undefined) {
    const { by, verdict, reason } = result.known_at;
    const told = verdict === 'PROVED' ? 'nothing later changes it: folds purged by it are purged' : reason;
    lines.push(
      `${indent}known at ${by}: ${verdict === 'PROVED' ? told : paint('yellow', `NOT PROVED, ${told}`)}`,
    );
  }
  if (result.waived)
    lines.push(`${indent}waived by ${result.waived.by} until ${result.waived.until}: ${result.waived.why}`);
  for (const warning of result.warnings ?? [])
    lines.push(`${indent}${paint('yellow', 'warning:')} ${warning}`);
  return lines;
}

function findingLines(
  { rule, severity, model, column, message, claim, at }: RuleFinding,
  paint: Paint,
): string {
  const word = severity === 'error' ? paint('red', 'RULE') : paint('yellow', 'RULE (warning)');
  return [
    `${paint('bold', column === undefined ? model : `${model}.${column}`)}  ${word}  ${rule}: ${message}`,
    `  the rule says: ${claim}`,
    `  at ${at.file}:${at.line}:${at.column}`,
  ].join('\n');
}

export function summaryLine({ summary, check }: AuditJson): string {
  const counts = [
    check === 'on-data' ? `${summary.unchanged ?? 0} unchanged` : `${summary.proved} proved`,
    `${summary.refuted} refuted`,
    `${summary.unproven} unproven`,
    ...(summary.waived > 0 ? [`${summary.waived} waived`] : []),
    ...(summary.findings ? [`${plural(summary.findings, 'finding')} of project rules`] : []),
  ];
  const how = check === 'on-data' ? '\nRebuilt from what was known at each time: evidence, not proof.' : '';
  return `${plural(summary.columns, 'column')} of ${plural(summary.models, 'model')}: ${counts.join(', ')} in ${summary.seconds.toFixed(1)}s${how}`;
}
