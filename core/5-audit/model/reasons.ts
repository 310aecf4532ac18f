import type { Attempt, ColumnAttempt } from './attempt.ts';
import type { Decided } from './prove.ts';

/** Why a column is not proved, in one sentence. */
export function describe(column: ColumnAttempt, decided: Decided | undefined, attempt: Attempt): string {
  if (attempt.unreadable !== undefined && decided === undefined) return attempt.unreadable;
  if (decided === undefined) {
    return column.label === undefined
      ? 'it differs when rebuilt from what was known'
      : 'nothing after the prediction time changes it: it is no label';
  }
  const { origin } = decided.obligation.move;
  const through = origin.path.length > 2 ? ` (${origin.path.join(' <- ')})` : '';
  const subject = decided.obligation.column === undefined ? 'whether or which rows exist' : 'the value';
  const exhausted =
    decided.proof.status === 'exhausted' ? '; the search for a proof ran out of its budget' : '';
  if (origin.kind === 'volatile')
    return `${origin.name} decides ${subject}, and is read when the model is built${through}`;
  if (column.label !== undefined) {
    return `a row of ${origin.row.source.name} outside (prediction_time, prediction_time + ${column.label.horizon || 'no horizon'}] can change ${subject}${through}${exhausted}`;
  }
  if (origin.kind === 'cell') {
    const name = `${origin.row.source.name}.${origin.row.source.columns[origin.column]?.name}`;
    return `${name}, filled in after the prediction time, can change ${subject}${through}${exhausted}`;
  }
  if (origin.row.source.availableAt === undefined) {
    return `${origin.row.source.name} declares no available_at, and decides ${subject}${through}`;
  }
  return `a row of ${origin.row.source.name} that became available after the prediction time can change ${subject}${through}${exhausted}`;
}
