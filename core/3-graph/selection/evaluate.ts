import { nearest, reportGraph } from '../../diagnostics/index.ts';
import { ancestors, descendants } from '../traverse.ts';
import type { Criterion, Expression, IndirectSelection } from './expression.ts';
import { isGlob } from './glob.ts';
import { type Chosen, withTests } from './indirect.ts';
import { methods, refusedMethods } from './methods/index.ts';
import type { MethodContext } from './methods/method.ts';

export interface EvaluationContext extends MethodContext {
  readonly indirect: IndirectSelection;
  /** The expression behind `selector:name`, or undefined after a report. */
  readonly selector: (name: string) => Expression | undefined;
}

/** The nodes an expression stands for, with the tests that come along. */
export function evaluate(expression: Expression, context: EvaluationContext): Chosen {
  switch (expression.kind) {
    case 'criterion':
      return evaluateCriterion(expression, context);
    case 'union':
      return combine(expression.parts, context, union);
    case 'intersection':
      return combine(expression.parts, context, intersection);
    case 'difference': {
      const include = evaluate(expression.include, context);
      const exclude = evaluate(expression.exclude, { ...context, indirect: 'eager' });
      return {
        direct: difference(include.direct, exclude.direct),
        waiting: difference(include.waiting, exclude.direct),
      };
    }
  }
}

function evaluateCriterion(criterion: Criterion, context: EvaluationContext): Chosen {
  const { space } = context;
  const nothing: Chosen = { direct: new Set(), waiting: new Set() };
  const matched = matchedBy(criterion, context);
  if (matched === undefined) return nothing;
  if (matched.size === 0) {
    reportNothing(criterion, context);
    return nothing;
  }
  const selected = new Set(matched);
  const add = (ids: Iterable<string>) => {
    for (const id of ids) selected.add(id);
  };
  if (criterion.childrensParents) {
    add(descendants(space.graph, matched));
    add(ancestors(space.graph, [...selected]));
  }
  if (criterion.parents !== undefined) add(ancestors(space.graph, matched, criterion.parents));
  if (criterion.children !== undefined) add(descendants(space.graph, matched, criterion.children));
  return withTests(selected, criterion.indirect ?? context.indirect, space);
}

function matchedBy(criterion: Criterion, context: EvaluationContext): ReadonlySet<string> | undefined {
  const { space, report } = context;
  const place = { span: criterion.span };
  if (criterion.method === 'selector') {
    const expression = context.selector(criterion.value);
    return expression && evaluate(expression, context).direct;
  }
  const method = methods.find(({ name }) => name === criterion.method);
  if (method === undefined) {
    const why = refusedMethods[criterion.method];
    const names = [...methods.map(({ name }) => name), 'selector'];
    report(
      why === undefined
        ? reportGraph('CH312', { name: criterion.method, nearest: nearest(criterion.method, names) }, place)
        : reportGraph('CH313', { name: criterion.method, why }, place),
    );
    return undefined;
  }
  const matches = method.matcher(criterion, context);
  if (matches === undefined) return undefined;
  const matched = new Set<string>();
  for (const item of space.items.values()) if (matches(item)) matched.add(item.id);
  return matched;
}

/** A plain name that does not exist is a typing error; a tag or a state that nothing has is only worth saying. */
function reportNothing(criterion: Criterion, { space, report }: EvaluationContext): void {
  const { method, value, text, span } = criterion;
  if (text === '') return;
  const plain = method === 'fqn' && !isGlob(value);
  const names: string[] = [];
  for (const item of space.items.values()) {
    if (item.type !== 'source' && item.type !== 'exposure') names.push(item.name);
  }
  if (plain) report(reportGraph('CH310', { name: value, nearest: nearest(value, names) }, { span }));
  else report(reportGraph('CH311', { criterion: text }, { span }));
}

function combine(
  parts: readonly Expression[],
  context: EvaluationContext,
  operation: (a: ReadonlySet<string>, b: ReadonlySet<string>) => Set<string>,
): Chosen {
  const [first, ...rest] = parts.map((part) => evaluate(part, context));
  if (first === undefined) return { direct: new Set(), waiting: new Set() };
  return rest.reduce<Chosen>(
    (sum, part) => ({
      direct: operation(sum.direct, part.direct),
      waiting: operation(sum.waiting, part.waiting),
    }),
    first,
  );
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a, ...b]);
}

function intersection(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a].filter((id) => b.has(id)));
}

function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a].filter((id) => !b.has(id)));
}
