import type { Expression } from '../../sql/index.ts';

export type IntervalUnit =
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond'
  | 'microsecond';

/** `amount` units; the amount is an expression, or a whole number. */
export interface IntervalPart {
  readonly unit: IntervalUnit;
  readonly amount: Expression | number;
}

const units: Readonly<Record<string, IntervalUnit>> = {
  to_years: 'year',
  to_quarters: 'quarter',
  to_months: 'month',
  to_weeks: 'week',
  to_days: 'day',
  to_hours: 'hour',
  to_minutes: 'minute',
  to_seconds: 'second',
  to_milliseconds: 'millisecond',
  to_microseconds: 'microsecond',
};

/**
 * The parts of an interval expression: `interval 3 day`, `interval '1 month 2 days'`, `to_days(n)`, a negated or
 * multiplied one. Undefined when it is anything else, such as a column.
 */
export function intervalParts(expression: Expression): readonly IntervalPart[] | undefined {
  if (expression.kind === 'cast' && expression.type.kind === 'plain' && expression.type.name === 'INTERVAL') {
    const { operand } = expression;
    return operand.kind === 'literal' ? textParts(String(operand.value)) : undefined;
  }
  if (expression.kind !== 'call') return undefined;
  const unit = units[expression.name];
  const [first, second] = expression.args;
  if (unit !== undefined && first !== undefined) return [{ unit, amount: wholeNumber(first) }];
  if (expression.name === '-' && first !== undefined && second === undefined)
    return negated(intervalParts(first));
  return undefined;
}

/** The number behind `cast(trunc(cast(3 as double)) as integer)`, or the expression inside it. */
function wholeNumber(expression: Expression): Expression | number {
  if (expression.kind === 'literal' && typeof expression.value === 'number') return expression.value;
  const trunc = expression.kind === 'cast' ? expression.operand : expression;
  const inner = trunc.kind === 'call' && trunc.name === 'trunc' ? trunc.args[0] : undefined;
  if (inner?.kind !== 'cast') return expression;
  return wholeNumber(inner.operand);
}

function negated(parts: readonly IntervalPart[] | undefined): readonly IntervalPart[] | undefined {
  if (parts === undefined) return undefined;
  if (parts.some(({ amount }) => typeof amount !== 'number')) return undefined;
  return parts.map(({ unit, amount }) => ({ unit, amount: -(amount as number) }));
}

/** `'1 month -2 days'`. */
function textParts(text: string): readonly IntervalPart[] | undefined {
  const parts: IntervalPart[] = [];
  const rest = text.replace(
    /([-+]?\d+)\s*(year|quarter|month|week|day|hour|minute|second|millisecond|microsecond)s?\b/gi,
    (_, amount: string, unit: string) => {
      parts.push({ unit: unit.toLowerCase() as IntervalUnit, amount: Number(amount) });
      return '';
    },
  );
  return rest.trim() === '' && parts.length > 0 ? parts : undefined;
}
