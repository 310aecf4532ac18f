import type {
  CaseExpression,
  CastExpression,
  ConstantExpression,
  FunctionExpression,
  PlanExpression,
} from '../../sql/index.ts';
import { ordered } from './calendar-parts.ts';
import { compare } from './compare.ts';
import type { Context } from './context.ts';
import { evaluateFunction, intervalConstant } from './functions.ts';
import { emptyList, functionOfGrown, listFunction } from './lists.ts';
import { parseInterval, parseTime } from './literals.ts';
import { isVolatile } from './references.ts';
import { type BooleanTerm, DAY, isZonedType, type ScalarTerm, sortOf, type Term } from './term.ts';
import { rezone, truncate } from './time.ts';

/** The expression's value over a row's columns. Unknown functions give unknown values, equal for equal arguments. */
export function evaluate(context: Context, expression: PlanExpression, row: readonly Term[]): Term {
  const { f } = context;
  const value = (child: PlanExpression): Term => evaluate(context, child, row);
  switch (expression.kind) {
    case 'ref': {
      const term = row[expression.index];
      if (term === undefined) throw new RangeError(`column ${expression.index} of ${row.length}`);
      return term;
    }
    case 'constant':
      return constant(context, expression);
    case 'cast':
      return cast(context, expression, value);
    case 'function': {
      if (isVolatile(expression)) return context.unknown(expression.type, expression.name, true);
      const spread = distribute(expression);
      if (spread !== undefined) return value(spread);
      return applied(context, expression, expression.children.map(value));
    }
    case 'comparison':
      return compare(context, expression.operator, value(expression.left), value(expression.right));
    case 'conjunction': {
      const parts = expression.children.map((child) => truthOf(context, value(child)));
      const trues = parts.map(({ isTrue }) => isTrue);
      const falses = parts.map(({ isFalse }) => isFalse);
      return expression.operator === 'and'
        ? context.boolean(f.and(...trues), f.or(...falses))
        : context.boolean(f.or(...trues), f.and(...falses));
    }
    case 'between': {
      const input = value(expression.input);
      const low = compare(context, expression.lowerInclusive ? '>=' : '>', input, value(expression.lower));
      const high = compare(context, expression.upperInclusive ? '<=' : '<', input, value(expression.upper));
      return context.boolean(f.and(low.isTrue, high.isTrue), f.or(low.isFalse, high.isFalse));
    }
    case 'case':
      return expression.branches.reduceRight<Term>(
        (rest, { when, result }) => context.choose(truthOf(context, value(when)).isTrue, value(result), rest),
        value(expression.otherwise),
      );
    case 'operator':
      return operator(context, expression.operator, expression.children.map(value));
    case 'unnest':
      return context.unknown(expression.type, 'unnest', true);
    case 'opaque':
      return unknownOf(
        context,
        `${expression.what} ${expression.key}`,
        expression.type,
        expression.children.map(value),
      );
  }
}

/** A function of these values. Unknown ones give unknown values, equal for equal arguments. */
function applied(context: Context, call: FunctionExpression, terms: readonly Term[]): Term {
  const apply = (same: FunctionExpression, others: readonly Term[]): Term => applied(context, same, others);
  const body = call.lambda?.ofElement ? call.lambda.body : undefined;
  const lambda =
    body && ((element: Term, captures: readonly Term[]) => evaluate(context, body, [element, ...captures]));
  const value =
    listFunction(context, call, terms, apply, lambda) ??
    evaluateFunction(context, call, terms) ??
    functionOfGrown(context, call, terms, apply) ??
    unknownOf(context, `${call.name} ${call.bind}`, call.type, terms);
  if (call.fields !== undefined) {
    const named = call.fields.map((name, index): [string, Term] => [
      name.toLowerCase(),
      terms[index] as Term,
    ]);
    context.structs.set(value.key, new Map(named));
  }
  return value;
}

/** `t + case when c then i else j end` as `case when c then t + i else t + j end`: intervals are known one by one. */
function distribute(expression: FunctionExpression): CaseExpression | undefined {
  const counts = MAKES_INTERVAL.test(expression.name);
  for (const [place, child] of expression.children.entries()) {
    const found = counts || child.type === 'INTERVAL' ? choiceIn(child) : undefined;
    if (found === undefined) continue;
    return mapResults(found, expression.type, (result) => ({
      ...expression,
      children: expression.children.map((other, index) => (index === place ? result : other)),
    }));
  }
  return undefined;
}

/** The choice that an operand is, if it is one: a cast, or an interval made of a choice, is a choice of these. */
function choiceIn(expression: PlanExpression): CaseExpression | undefined {
  if (expression.kind === 'case') return expression;
  if (expression.kind === 'function') return distribute(expression);
  const found = expression.kind === 'cast' ? choiceIn(expression.child) : undefined;
  return found && mapResults(found, expression.type, (child) => ({ ...expression, child }) as PlanExpression);
}

function mapResults(
  choice: CaseExpression,
  type: CaseExpression['type'],
  map: (result: PlanExpression) => PlanExpression,
): CaseExpression {
  return {
    ...choice,
    type,
    branches: choice.branches.map(({ when, result }) => ({ when, result: map(result) })),
    otherwise: map(choice.otherwise),
  };
}

const MAKES_INTERVAL = /^to_(years|quarters|months|weeks|days|hours|minutes|seconds)$/;

/** A condition's truth; whatever is not BOOLEAN is cast as DuckDB does, which we leave open. */
export function truthOf(context: Context, term: Term): BooleanTerm {
  if (term.sort === 'bool') return term;
  return unknownOf(context, 'truth', 'BOOLEAN', [term]) as BooleanTerm;
}

function operator(context: Context, name: string, terms: readonly Term[]): Term {
  const { f } = context;
  const [first, ...rest] = terms;
  if (first === undefined) throw new RangeError(`operator ${name} without operands`);
  switch (name) {
    case 'not': {
      const truth = truthOf(context, first);
      return context.boolean(truth.isFalse, truth.isTrue);
    }
    case 'is null':
      return context.boolean(context.isNull(first), f.not(context.isNull(first)));
    case 'is not null':
      return context.boolean(f.not(context.isNull(first)), context.isNull(first));
    case 'coalesce':
      return terms.reduceRight((later, term) => context.choose(f.not(context.isNull(term)), term, later));
    default: {
      const equal = rest.map((term) => compare(context, '=', first, term));
      const isTrue = f.or(...equal.map((term) => term.isTrue));
      const isFalse = f.and(...equal.map((term) => term.isFalse));
      return name === 'in' ? context.boolean(isTrue, isFalse) : context.boolean(isFalse, isTrue);
    }
  }
}

/** A deterministic value that nothing else is known of. */
function unknownOf(context: Context, name: string, type: string, terms: readonly Term[]): Term {
  const key = `${name}:${type}(${terms.map(({ key }) => key).join('; ')})`;
  return context.remember(key, () =>
    context.from(context.unknown(type, name.split(' ')[0] as string, true), ...terms),
  );
}

function constant(context: Context, { type, value }: ConstantExpression): Term {
  const sort = sortOf(type);
  switch (value.kind) {
    case 'null':
      return context.null(type);
    case 'boolean':
      return value.value
        ? context.boolean(context.f.true, context.f.false)
        : context.boolean(context.f.false, context.f.true);
    case 'number':
      if (sort === 'int') return context.integer('int', value.value);
      if (sort === 'time') return context.integer('time', type === 'DATE' ? value.value * DAY : value.value);
      return unnamed(context, `${type} ${value.value}`, { kind: 'number', value: value.value });
    case 'text': {
      if (sort === 'text') return context.text(value.value);
      const time = sort === 'time' ? parseTime(value.value) : undefined;
      if (time !== undefined) return context.integer('time', time);
      return unnamed(context, `${type} ${value.value}`);
    }
    case 'interval':
      return {
        ...unnamed(context, `interval ${JSON.stringify(value.value)}`, {
          kind: 'interval',
          value: value.value,
        }),
        sort: 'interval',
      };
    case 'unreadable':
      return unnamed(context, `${type} ${value.key}`);
  }
}

/** Zero, of a numeric type. */
export function zeroOf(context: Context, type: string): ScalarTerm {
  return sortOf(type) === 'int'
    ? context.integer('int', 0)
    : unnamed(context, `${type} 0`, { kind: 'number', value: 0 });
}

/** A constant we only know to be itself. */
function unnamed(context: Context, name: string, info?: ScalarTerm['constant']): ScalarTerm {
  return context.remember(`constant ${name}`, () =>
    context.scalar('other', context.symbol(name), 0, context.f.false, info),
  ) as ScalarTerm;
}

const NARROW = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'UTINYINT', 'USMALLINT']);

function cast(context: Context, expression: CastExpression, value: (child: PlanExpression) => Term): Term {
  const { child, type } = expression;
  const from = child.type;
  const term = value(child);
  if (from === type || (type === 'LIST' && term.key === emptyList(context).key)) return term;
  const sort = sortOf(type);
  if (child.kind === 'constant' && child.value.kind === 'null') return context.null(type);
  if (context.isConstant(term) && term.constant.kind === 'text') {
    const text = term.constant.value;
    const time = sort === 'time' && !isZonedType(type) ? parseTime(text) : undefined;
    if (time !== undefined) {
      const day = context.integer('time', time);
      return type === 'DATE' ? (truncate(context, 'day', day) ?? day) : day;
    }
    if (sort === 'bool' && /^(t|true|f|false)$/i.test(text)) {
      const [isTrue, isFalse] = [context.f.true, context.f.false];
      return /^t/i.test(text) ? context.boolean(isTrue, isFalse) : context.boolean(isFalse, isTrue);
    }
    const interval = sort === 'interval' ? parseInterval(text) : undefined;
    if (interval !== undefined) return intervalConstant(context, interval);
  }
  if (term.sort === 'time' && sort === 'time') return castTime(context, term, from, type);
  if (term.sort === 'int' && sort === 'int') return term;
  if (term.sort === 'bool' && sort === 'int') {
    const one = context.choose(
      term.isTrue,
      context.integer('int', 1),
      context.integer('int', 0),
    ) as ScalarTerm;
    return context.scalar('int', one.symbol, one.offset, context.isNull(term));
  }
  if (context.isConstant(term) && term.constant.kind === 'number' && sort === 'other') {
    return unnamed(context, `${type} ${term.constant.value}`, term.constant);
  }
  const spelled = spelledCast(context, term, from, type);
  if (spelled !== undefined) return spelled;
  const result = unknownOf(context, `cast to ${type}`, type, [term]);
  if (
    NARROW.has(from) &&
    (type === 'DOUBLE' || type === 'DECIMAL') &&
    result.sort === 'other' &&
    term.sort === 'int'
  ) {
    return { ...result, isNull: term.isNull, key: `${result.key}!${term.isNull.id}` };
  }
  return result;
}

/** Dates as text, and months or days spelt in digits as numbers, compare as the times do. */
function spelledCast(context: Context, term: Term, from: string, to: string): Term | undefined {
  if (term.sort === 'time' && from === 'DATE' && to === 'VARCHAR') {
    const text = context.remember(`date text ${term.key}`, () =>
      context.scalar('text', context.symbol('date as text'), 0, term.isNull),
    );
    context.spelled.set(text.key, { format: '%Y-%m-%d', time: term });
    return text;
  }
  const spelled = context.spelled.get(term.key);
  if (spelled === undefined || !DIGITS.test(spelled.format) || sortOf(to) !== 'int') return undefined;
  return ordered(context, `number ${spelled.format}`, spelled.time);
}

const DIGITS = /^(%Y|%Y%m|%Y%m%d)$/;

function castTime(context: Context, term: ScalarTerm, from: string, to: string): Term {
  const moved = isZonedType(from) === isZonedType(to) ? term : rezone(context, term, 'session time zone');
  if (to === 'DATE') return truncate(context, 'day', moved) ?? moved;
  if (to === 'TIMESTAMP_S') return roughly(context, moved, 1_000_000);
  if (to === 'TIMESTAMP_MS') return roughly(context, moved, 1000);
  return moved;
}

/** Rounded to a unit, we do not say which way. */
function roughly(context: Context, term: ScalarTerm, unit: number): Term {
  return context.remember(`round ${unit} ${term.key}`, () => {
    const rounded = context.scalar('time', context.symbol('rounded time'), 0, term.isNull);
    context.define(rounded.symbol, context.atMost(term, rounded, unit), context.atMost(rounded, term, unit));
    return rounded;
  });
}
