import type { FunctionExpression } from '../../sql/index.ts';
import type { Context } from './context.ts';
import type { Formula } from './formula.ts';
import { isNullOfNothing, passesOverNulls } from './null-arguments.ts';
import type { ScalarTerm, Term } from './term.ts';

/**
 * A value that is another one but where `when` holds; a list has `element` more there, at most. Lists are followed no further
 * than this: it is all that a row does to a list of rows, and what a lambda then keeps or makes of it.
 */
export interface Grown {
  readonly base: Term;
  readonly element?: Term;
  readonly when: Formula;
}

/** A list of its own: the same element elsewhere in the same list makes another one. */
export function grow(context: Context, { base, element, when }: Grown): Term {
  if (base.sort === 'bool' || when.id === context.f.false.id) return base;
  const longer = context.scalar(base.sort, context.symbol('list'), 0, context.f.false);
  const list = context.choose(when, element ? context.from(longer, base, element) : longer, base);
  context.grown.set(list.key, { base, element, when });
  return list;
}

/** [] */
export function emptyList(context: Context): ScalarTerm {
  return context.remember('empty list', () =>
    context.scalar('other', context.symbol('[]'), 0, context.f.false),
  ) as ScalarTerm;
}

type Apply = (call: FunctionExpression, terms: readonly Term[]) => Term;
type Lambda = (element: Term, captures: readonly Term[]) => Term;

const KEEPS = /^(list_filter|array_filter|filter)$/;
const MAKES = /^(list_transform|array_transform|list_apply|array_apply|apply)$/;
const SORTS = /^(list|array)_(sort|reverse_sort)$/;
/** One element more may put all others in another order. */
const DISTINCT = /^(list|array)_distinct$/;
const LENGTH = /^(len|length|array_length)$/;
const PICK = /^(list|array)_(extract|element)$/;
const FOLD = /^(list|array)_(aggr|aggregate)$/;

/**
 * What is known of a list function: of a grown list it is what it is of the base, except where the element makes a difference. It is
 * NULL of NULL.
 *
 * @param apply the function of other arguments
 * @param lambda what the call's lambda makes of an element; undefined where it has none that looks at elements only
 */
export function listFunction(
  context: Context,
  call: FunctionExpression,
  terms: readonly Term[],
  apply: Apply,
  lambda: Lambda | undefined,
): Term | undefined {
  const [list, ...rest] = terms;
  if (list === undefined) return call.name === 'list_value' ? emptyList(context) : undefined;
  if (isNothing(context, list)) return ofNothing(context, call, list, rest);
  const { f } = context;
  const { base, element, when } = context.grown.get(list.key) ?? { base: list, when: f.false };
  if (element === undefined) return someList(context, call, terms);
  const before = (): Term => apply(call, [base, ...rest]);
  const longer = (item: Term, condition: Formula): Term =>
    context.remember(`longer ${keyOf(call, terms)}`, () =>
      grow(context, { base: before(), element: item, when: condition }),
    );
  // A list that was NULL is now one.
  const wasNull = context.isNull(base);
  if (lambda !== undefined && KEEPS.test(call.name)) {
    const kept = lambda(element, rest);
    const passes = kept.sort === 'bool' ? kept.isTrue : f.true;
    return longer(element, f.and(when, f.or(passes, wasNull)));
  }
  if (lambda !== undefined && MAKES.test(call.name)) return longer(lambda(element, rest), when);
  if (isSorted(context, call, rest)) return longer(element, when);
  if (passesOverNulls(folded(call, rest) ?? '')) {
    const counts = f.or(f.not(context.isNull(element)), wasNull);
    return differing(context, call, terms, f.and(when, counts), before());
  }
  return undefined;
}

/** Any function of a grown value is, but where the value differs, that of its base. */
export function functionOfGrown(
  context: Context,
  call: FunctionExpression,
  terms: readonly Term[],
  apply: Apply,
): Term | undefined {
  for (const [place, term] of terms.entries()) {
    const grown = context.grown.get(term.key);
    if (grown === undefined) continue;
    const others = terms.map((each, index) => (index === place ? grown.base : each));
    return differing(context, call, terms, grown.when, apply(call, others));
  }
  return undefined;
}

/** Anything where the condition holds, but always the same of the same arguments; else the function of the base. */
function differing(
  context: Context,
  call: FunctionExpression,
  terms: readonly Term[],
  when: Formula,
  base: Term,
): Term {
  const anything = context.remember(`anything ${keyOf(call, terms)}`, () =>
    context.from(context.unknown(call.type, call.name, true), ...terms),
  );
  const value = context.choose(when, anything, base);
  if (value.key !== base.key) context.grown.set(value.key, { base, when });
  return value;
}

/** A list made of one that nothing more is known of, but whether it is NULL. */
function someList(context: Context, call: FunctionExpression, terms: readonly Term[]): Term | undefined {
  const [list, ...rest] = terms;
  if (list === undefined || list.sort !== 'other' || !makesList(context, call, rest)) return undefined;
  const { isNull } = list;
  return context.remember(`list ${keyOf(call, terms)}`, () =>
    context.from(context.scalar('other', context.symbol(call.name), 0, isNull), ...terms),
  );
}

function keyOf({ name, bind, type }: FunctionExpression, terms: readonly Term[]): string {
  return `${name} ${bind}:${type}(${terms.map(({ key }) => key).join('; ')})`;
}

/** NULL or [] */
function isNothing(context: Context, list: Term): list is ScalarTerm {
  return list.key === emptyList(context).key || context.isNull(list).id === context.f.true.id;
}

/** Of NULL all these are NULL. */
function ofNothing(
  context: Context,
  call: FunctionExpression,
  list: ScalarTerm,
  rest: readonly Term[],
): Term | undefined {
  const { name, type } = call;
  const aggregate = folded(call, rest);
  const isList = makesList(context, call, rest);
  const isCount = LENGTH.test(name) || aggregate === 'count';
  const isElement = PICK.test(name) || isNullOfNothing(aggregate ?? '');
  if (!isList && !isCount && !isElement) return undefined;
  if (isElement || context.isNull(list).id === context.f.true.id) return context.null(type);
  return isList ? list : context.integer('int', 0);
}

function makesList(context: Context, call: FunctionExpression, rest: readonly Term[]): boolean {
  const { name } = call;
  return KEEPS.test(name) || MAKES.test(name) || DISTINCT.test(name) || isSorted(context, call, rest);
}

/** Constants say in which order. */
function isSorted(context: Context, { name }: FunctionExpression, rest: readonly Term[]): boolean {
  return SORTS.test(name) && rest.every((term) => context.isConstant(term));
}

/** The aggregate that a list is folded by: `list_max(l)` is `list_aggr(l, 'max')`. */
function folded({ name }: FunctionExpression, [aggregate, ...more]: readonly Term[]): string | undefined {
  if (!FOLD.test(name) || more.length > 0) return undefined;
  if (aggregate === undefined || aggregate.sort === 'bool') return undefined;
  return aggregate.constant?.kind === 'text' ? aggregate.constant.value : undefined;
}
