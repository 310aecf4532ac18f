import { attributeOf, itemOf } from './access.ts';
import type { Argument, CallExpression, CompareOperator, Expression } from './ast.ts';
import { raise } from './error.ts';
import type { Evaluator } from './evaluator.ts';
import { applyFilter } from './filters/index.ts';
import type { Macro } from './macro.ts';
import { methodsOf } from './methods/index.ts';
import type { Scope } from './scope.ts';
import { concatText } from './segments.ts';
import { applyTest } from './tests/index.ts';
import { arithmetic, negate, slice } from './values/arithmetic.ts';
import { contains, equal, iterate, order, textOf, truthy } from './values/compare.ts';
import { bindArguments } from './values/native.ts';
import { toText, typeName } from './values/show.ts';
import {
  type CallArguments,
  Dict,
  Float,
  MappedText,
  noArguments,
  orElse,
  Tuple,
  Undefined,
  type Value,
} from './values/value.ts';

/** The value of an expression. `caller` is the block of a `{% call %}` around a call. */
export function evaluate(evaluator: Evaluator, node: Expression, scope: Scope, caller?: Macro): Value {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'float':
      return new Float(node.value);
    case 'name':
      return lookUp(evaluator, node.name, scope);
    case 'list':
      return node.items.map((item) => evaluate(evaluator, item, scope));
    case 'tuple':
      return Tuple.of2(...node.items.map((item) => evaluate(evaluator, item, scope)));
    case 'dict': {
      const dict = new Dict();
      for (const [key, value] of node.entries) {
        const name = evaluate(evaluator, key, scope);
        evaluator.at = key;
        dict.set(name, evaluate(evaluator, value, scope));
      }
      return dict;
    }
    case 'unary': {
      const operand = evaluate(evaluator, node.operand, scope);
      evaluator.at = node.operand;
      return node.operator === 'not' ? !truthy(operand) : negate(operand, node.operator);
    }
    case 'binary': {
      const left = evaluate(evaluator, node.left, scope);
      const right = evaluate(evaluator, node.right, scope);
      evaluator.at = node;
      return arithmetic(node.operator, left, right);
    }
    case 'logical': {
      const left = evaluate(evaluator, node.left, scope);
      evaluator.at = node.left;
      const decided = truthy(left) === (node.operator === 'or');
      return decided ? left : evaluate(evaluator, node.right, scope);
    }
    case 'compare':
      return compareChain(evaluator, node, scope);
    case 'concat': {
      const parts = node.parts.map((part) => evaluate(evaluator, part, scope));
      evaluator.at = node;
      return concatText(parts.map((part) => (part instanceof MappedText ? part : toText(part))));
    }
    case 'conditional': {
      const test = evaluate(evaluator, node.test, scope);
      evaluator.at = node.test;
      if (truthy(test)) return evaluate(evaluator, node.then, scope);
      return node.otherwise
        ? evaluate(evaluator, node.otherwise, scope)
        : new Undefined('else', 'the inline `if`', undefined, true);
    }
    case 'filter': {
      const input = node.input ? evaluate(evaluator, node.input, scope) : '';
      return applyFilter(evaluator, node, input, scope);
    }
    case 'test':
      return applyTest(evaluator, node, evaluate(evaluator, node.input, scope), scope);
    case 'attribute': {
      const object = evaluate(evaluator, node.object, scope);
      evaluator.at = object instanceof Undefined ? node.object : node;
      return attributeOf(object, node.name);
    }
    case 'item': {
      const object = evaluate(evaluator, node.object, scope);
      const key = evaluate(evaluator, node.key, scope);
      evaluator.at = object instanceof Undefined ? node.object : node;
      return itemOf(object, key);
    }
    case 'slice': {
      const object = evaluate(evaluator, node.object, scope);
      const bound = (part: Expression | undefined) => (part ? evaluate(evaluator, part, scope) : null);
      const bounds = [bound(node.from), bound(node.to), bound(node.step)] as const;
      evaluator.at = node;
      return slice(object, bounds);
    }
    case 'call':
      return call(evaluator, node, scope, caller);
  }
}

function lookUp(evaluator: Evaluator, name: string, scope: Scope): Value {
  const local = scope.get(name);
  if (local !== undefined) return local;
  return orElse(evaluator.context.get(name), () => undefinedName(evaluator, name, scope));
}

function undefinedName(evaluator: Evaluator, name: string, scope: Scope): Undefined {
  return new Undefined(name, undefined, function* () {
    yield* scope.names();
    yield* evaluator.context.names();
  });
}

function compareChain(
  evaluator: Evaluator,
  node: Extract<Expression, { kind: 'compare' }>,
  scope: Scope,
): boolean {
  let left = evaluate(evaluator, node.first, scope);
  for (const { operator, operand } of node.rest) {
    const right = evaluate(evaluator, operand, scope);
    evaluator.at = node;
    if (!compare(operator, left, right)) return false;
    left = right;
  }
  return true;
}

/** One comparison; shared with the tests `eq`, `lt`, `in`... */
export function compare(operator: CompareOperator, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case '<':
      return order(left, right) < 0;
    case '<=':
      return order(left, right) <= 0;
    case '>':
      return order(left, right) > 0;
    case '>=':
      return order(left, right) >= 0;
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
  }
}

function call(evaluator: Evaluator, node: CallExpression, scope: Scope, caller?: Macro): Value {
  const { callee } = node;
  // Methods of strings, lists and dicts are called directly, without making a function value first.
  if (callee.kind === 'attribute') {
    const object = evaluate(evaluator, callee.object, scope);
    evaluator.at = object instanceof Undefined ? callee.object : callee;
    const method = methodsOf(object)?.get(callee.name);
    if (method) {
      const args = evaluateArguments(evaluator, node.args, scope);
      evaluator.at = node;
      const bound = bindArguments(callee.name, method.parameters, args);
      return method.body(object, bound, evaluator);
    }
    return invoke(evaluator, node, attributeOf(object, callee.name), scope, caller);
  }
  return invoke(evaluator, node, evaluate(evaluator, callee, scope), scope, caller);
}

function invoke(
  evaluator: Evaluator,
  node: CallExpression,
  callee: Value,
  scope: Scope,
  caller?: Macro,
): Value {
  if (callee instanceof Undefined) {
    evaluator.at = node.callee;
    return callee.fail();
  }
  let args = evaluateArguments(evaluator, node.args, scope);
  if (caller) args = { positional: args.positional, named: new Map([...args.named, ['caller', caller]]) };
  evaluator.at = node;
  return evaluator.call(callee, args);
}

/** Arguments with `*` and `**` unpacked. */
export function evaluateArguments(
  evaluator: Evaluator,
  args: readonly Argument[],
  scope: Scope,
): CallArguments {
  if (args.length === 0) return noArguments;
  const positional: Value[] = [];
  let named: Map<string, Value> | undefined;
  for (const argument of args) {
    const value = evaluate(evaluator, argument.value, scope);
    if (argument.unpack === '*') {
      evaluator.at = argument.value;
      positional.push(...iterate(value));
    } else if (argument.unpack === '**') {
      evaluator.at = argument.value;
      if (!(value instanceof Dict))
        raise('CH204', { problem: `\`**\` needs a dict, not ${typeName(value)}` });
      named ??= new Map();
      for (const [key, item] of value.entries) {
        const name = textOf(key);
        if (name === undefined) raise('CH204', { problem: '`**` needs a dict whose keys are strings' });
        named.set(name, item);
      }
    } else if (argument.name !== undefined) {
      named ??= new Map();
      if (named.has(argument.name)) {
        evaluator.at = argument.value;
        raise('CH204', { problem: `the argument \`${argument.name}\` is given twice` });
      }
      named.set(argument.name, value);
    } else positional.push(value);
  }
  return { positional, named: named ?? noArguments.named };
}
