import { type Decided, seedsOf } from '../model/prove.ts';
import type { Analysis } from '../plan/analysis.ts';
import { Names } from './names.ts';
import { conditionLines, sizeOf } from './words.ts';

/** What stands in the way of a proof: the change that nothing rules out, and what is known of it. */
export function openText(analysis: Analysis, open: readonly Decided[]): string[] {
  const lines = ['What stands in the way', ''];
  const told = new Set<string>();
  for (const { obligation, proof } of open) {
    const { move, formula } = obligation;
    const { origin } = move;
    const way = `${origin.kind} ${origin.path.join(' <- ')}`;
    if (told.has(way) || told.size === 2) continue;
    told.add(way);
    const names = new Names(analysis, origin.kind === 'volatile' ? undefined : origin.row);
    const subject =
      origin.kind === 'volatile'
        ? `${origin.name} is read when the model is built`
        : origin.kind === 'row'
          ? `A row of ${origin.row.source.name} that becomes known after prediction_time`
          : `A value of ${origin.row.source.name}.${origin.row.source.columns[origin.column]?.name} that is filled in after prediction_time`;
    lines.push(`  ${subject}`, `  comes in by ${origin.path.join(' <- ')}.`);
    if (proof.status === 'exhausted') {
      lines.push(
        '  The search for a proof ran out of its budget: the model may be clean, but it is too involved.',
        '',
      );
      continue;
    }
    const seeds = new Set(seedsOf(move));
    const near = (formula.kind === 'and' ? formula.items : [formula]).filter(
      (item) =>
        sizeOf(item) <= 4 && [...analysis.context.symbolsOf(item)].some((symbol) => seeds.has(symbol)),
    );
    const telling = near.filter((item) => item.kind !== 'bool');
    if (origin.kind !== 'volatile') {
      lines.push(
        telling.length === 0
          ? '  Nothing that is required of it rules that out.'
          : '  All that is required of it is this, and none of it rules that out:',
      );
      lines.push(
        ...conditionLines(names, telling)
          .slice(0, 6)
          .map((text) => `    - ${text}`),
      );
    }
    lines.push('');
  }
  return lines;
}
