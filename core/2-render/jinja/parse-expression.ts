import type { Argument, BinaryOperator, CompareOperator, Expression } from './ast.ts';
import { type Cursor, describe } from './cursor.ts';

const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** An expression with Jinja2's precedences: `if else`, or, and, not, comparison, `+ -`, `~`, `* / // %`, `**`, unary. */
export function parseExpression(cursor: Cursor): Expression {
  return cursor.nested(() => parseConditional(cursor));
}

/** An expression, or several separated by commas as a tuple. */
export function parseTuple(
  cursor: Cursor,
  parseOne: (cursor: Cursor) => Expression = parseExpression,
): Expression {
  const { start } = cursor.token;
  const first = parseOne(cursor);
  if (!cursor.isOperator(',')) return first;
  const items = [first];
  while (cursor.takeOperator(',')) {
    if (endsTuple(cursor)) break;
    items.push(parseOne(cursor));
  }
  return { kind: 'tuple', items, start, end: cursor.lastEnd };
}

function endsTuple(cursor: Cursor): boolean {
  const { kind, value } = cursor.token;
  return (
    kind === 'variable-end' ||
    kind === 'block-end' ||
    (kind === 'operator' && (value === ')' || value === '='))
  );
}

function parseConditional(cursor: Cursor): Expression {
  const { start } = cursor.token;
  let then = parseOr(cursor);
  while (cursor.takeName('if')) {
    const test = parseOr(cursor);
    const otherwise = cursor.takeName('else') ? parseExpression(cursor) : undefined;
    then = { kind: 'conditional', test, then, ...(otherwise && { otherwise }), start, end: cursor.lastEnd };
  }
  return then;
}

/** Without `if`: the iterable of a loop, whose `if` is the loop's filter. */
export function parseOr(cursor: Cursor): Expression {
  const { start } = cursor.token;
  let left = parseAnd(cursor);
  while (cursor.takeName('or')) {
    left = { kind: 'logical', operator: 'or', left, right: parseAnd(cursor), start, end: cursor.lastEnd };
  }
  return left;
}

function parseAnd(cursor: Cursor): Expression {
  const { start } = cursor.token;
  let left = parseNot(cursor);
  while (cursor.takeName('and')) {
    left = { kind: 'logical', operator: 'and', left, right: parseNot(cursor), start, end: cursor.lastEnd };
  }
  return left;
}

function parseNot(cursor: Cursor): Expression {
  const { start } = cursor.token;
  if (!cursor.takeName('not')) return parseCompare(cursor);
  const operand = cursor.nested(() => parseNot(cursor));
  return { kind: 'unary', operator: 'not', operand, start, end: cursor.lastEnd };
}

function parseCompare(cursor: Cursor): Expression {
  const { start } = cursor.token;
  const first = parseSum(cursor);
  const rest: { operator: CompareOperator; operand: Expression }[] = [];
  for (;;) {
    const { token } = cursor;
    if (token.kind === 'operator' && comparisons.has(token.value)) {
      cursor.next();
      rest.push({ operator: token.value as CompareOperator, operand: parseSum(cursor) });
    } else if (cursor.takeName('in')) {
      rest.push({ operator: 'in', operand: parseSum(cursor) });
    } else if (cursor.isName('not') && cursor.peek().kind === 'name' && cursor.peek().value === 'in') {
      cursor.next();
      cursor.next();
      rest.push({ operator: 'not in', operand: parseSum(cursor) });
    } else {
      return rest.length === 0 ? first : { kind: 'compare', first, rest, start, end: cursor.lastEnd };
    }
  }
}

function parseSum(cursor: Cursor): Expression {
  return parseBinary(cursor, parseConcat, ['+', '-']);
}

function parseConcat(cursor: Cursor): Expression {
  const { start } = cursor.token;
  const first = parseProduct(cursor);
  if (!cursor.isOperator('~')) return first;
  const parts = [first];
  while (cursor.takeOperator('~')) parts.push(parseProduct(cursor));
  return { kind: 'concat', parts, start, end: cursor.lastEnd };
}

function parseProduct(cursor: Cursor): Expression {
  return parseBinary(cursor, parsePower, ['*', '/', '//', '%']);
}

function parsePower(cursor: Cursor): Expression {
  return parseBinary(cursor, (inner) => parseUnary(inner, true), ['**']);
}

function parseBinary(
  cursor: Cursor,
  parseOperand: (cursor: Cursor) => Expression,
  accepted: readonly BinaryOperator[],
): Expression {
  const { start } = cursor.token;
  let left = parseOperand(cursor);
  while (cursor.token.kind === 'operator' && (accepted as readonly string[]).includes(cursor.token.value)) {
    const operator = cursor.next().value as BinaryOperator;
    left = { kind: 'binary', operator, left, right: parseOperand(cursor), start, end: cursor.lastEnd };
  }
  return left;
}

function parseUnary(cursor: Cursor, withFilters: boolean): Expression {
  const { start } = cursor.token;
  let node: Expression;
  if (cursor.isOperator('-') || cursor.isOperator('+')) {
    const operator = cursor.next().value as '-' | '+';
    const operand = cursor.nested(() => parseUnary(cursor, false));
    node = { kind: 'unary', operator, operand, start, end: cursor.lastEnd };
  } else {
    node = parsePostfix(cursor, parsePrimary(cursor), start);
  }
  return withFilters ? parseFilters(cursor, node, start) : node;
}

function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.token;
  const { start, end } = token;
  switch (token.kind) {
    case 'name':
      cursor.next();
      return nameOrConstant(cursor, token.value, start, end);
    case 'string': {
      let value = cursor.next().value;
      while (cursor.token.kind === 'string') value += cursor.next().value;
      return { kind: 'constant', value, start, end: cursor.lastEnd };
    }
    case 'integer': {
      cursor.next();
      const value = Number(token.value);
      return {
        kind: 'constant',
        value: Number.isSafeInteger(value) ? value : BigInt(token.value),
        start,
        end,
      };
    }
    case 'float':
      cursor.next();
      return { kind: 'float', value: Number(token.value), start, end };
    default:
      if (cursor.isOperator('(')) return parseParenthesised(cursor);
      if (cursor.isOperator('[')) return parseList(cursor);
      if (cursor.isOperator('{')) return parseDict(cursor);
      return cursor.fail(`a value is expected, found ${describe(token)}`);
  }
}

function nameOrConstant(cursor: Cursor, name: string, start: number, end: number): Expression {
  switch (name) {
    case 'true':
    case 'True':
      return { kind: 'constant', value: true, start, end };
    case 'false':
    case 'False':
      return { kind: 'constant', value: false, start, end };
    case 'none':
    case 'None':
      return { kind: 'constant', value: null, start, end };
    default:
      cursor.reads.add(name);
      return { kind: 'name', name, start, end };
  }
}

function parseParenthesised(cursor: Cursor): Expression {
  const { start } = cursor.next();
  if (cursor.takeOperator(')')) return { kind: 'tuple', items: [], start, end: cursor.lastEnd };
  const inner = parseTuple(cursor);
  cursor.expectOperator(')', '`)` is expected');
  return inner.kind === 'tuple' ? { ...inner, start, end: cursor.lastEnd } : inner;
}

function parseList(cursor: Cursor): Expression {
  const { start } = cursor.next();
  const items: Expression[] = [];
  while (!cursor.isOperator(']')) {
    if (items.length > 0) {
      cursor.expectOperator(',', '`,` or `]` is expected');
      if (cursor.isOperator(']')) break;
    }
    items.push(parseExpression(cursor));
  }
  cursor.next();
  return { kind: 'list', items, start, end: cursor.lastEnd };
}

function parseDict(cursor: Cursor): Expression {
  const { start } = cursor.next();
  const entries: [Expression, Expression][] = [];
  while (!cursor.isOperator('}')) {
    if (entries.length > 0) {
      cursor.expectOperator(',', '`,` or `}` is expected');
      if (cursor.isOperator('}')) break;
    }
    const key = parseExpression(cursor);
    cursor.expectOperator(':', '`:` is expected after the key');
    entries.push([key, parseExpression(cursor)]);
  }
  cursor.next();
  return { kind: 'dict', entries, start, end: cursor.lastEnd };
}

/** `.name`, `[key]`, `[from:to:step]` and `(arguments)`. */
function parsePostfix(cursor: Cursor, base: Expression, start: number): Expression {
  let node = base;
  for (;;) {
    if (cursor.takeOperator('.')) {
      const token = cursor.token;
      if (token.kind === 'integer') {
        cursor.next();
        const key: Expression = {
          kind: 'constant',
          value: Number(token.value),
          start: token.start,
          end: token.end,
        };
        node = { kind: 'item', object: node, key, start, end: token.end };
        continue;
      }
      const name = cursor.expectKind('name', 'an attribute name is expected after `.`').value;
      node = { kind: 'attribute', object: node, name, start, end: cursor.lastEnd };
    } else if (cursor.takeOperator('[')) {
      node = parseSubscript(cursor, node, start);
    } else if (cursor.isOperator('(')) {
      node = { kind: 'call', callee: node, args: parseArguments(cursor), start, end: cursor.lastEnd };
    } else {
      return node;
    }
  }
}

function parseSubscript(cursor: Cursor, object: Expression, start: number): Expression {
  const bound = () =>
    cursor.isOperator(':') || cursor.isOperator(']') ? undefined : parseExpression(cursor);
  const from = bound();
  if (!cursor.isOperator(':')) {
    if (!from) return cursor.fail('a key is expected between `[` and `]`');
    cursor.expectOperator(']', '`]` is expected');
    return { kind: 'item', object, key: from, start, end: cursor.lastEnd };
  }
  cursor.next();
  const to = bound();
  const step = cursor.takeOperator(':') ? bound() : undefined;
  cursor.expectOperator(']', '`]` is expected');
  return {
    kind: 'slice',
    object,
    ...(from && { from }),
    ...(to && { to }),
    ...(step && { step }),
    start,
    end: cursor.lastEnd,
  };
}

/** `(a, b, name=c, *rest, **named)`, the parentheses included. */
export function parseArguments(cursor: Cursor): Argument[] {
  cursor.expectOperator('(', '`(` is expected');
  const args: Argument[] = [];
  while (!cursor.isOperator(')')) {
    if (args.length > 0) {
      cursor.expectOperator(',', '`,` or `)` is expected');
      if (cursor.isOperator(')')) break;
    }
    const { start } = cursor.token;
    if (cursor.takeOperator('*')) args.push({ unpack: '*', start, value: parseExpression(cursor) });
    else if (cursor.takeOperator('**')) args.push({ unpack: '**', start, value: parseExpression(cursor) });
    else if (
      cursor.token.kind === 'name' &&
      cursor.peek().kind === 'operator' &&
      cursor.peek().value === '='
    ) {
      const name = cursor.next().value;
      cursor.next();
      args.push({ name, start, value: parseExpression(cursor) });
    } else {
      if (args.some((argument) => argument.name !== undefined)) {
        cursor.fail('a positional argument follows a keyword argument');
      }
      args.push({ start, value: parseExpression(cursor) });
    }
  }
  cursor.next();
  return args;
}

/** `| filter`, `is test` and calls of their results, in any number. */
function parseFilters(cursor: Cursor, base: Expression, start: number): Expression {
  let node = base;
  for (;;) {
    if (cursor.isOperator('|')) node = parseFilter(cursor, node, start);
    else if (cursor.isName('is')) node = parseTest(cursor, node, start);
    else if (cursor.isOperator('(') && (node.kind === 'filter' || node.kind === 'test')) {
      node = { kind: 'call', callee: node, args: parseArguments(cursor), start, end: cursor.lastEnd };
    } else return node;
  }
}

/** One `| name(arguments)`; without `|` when it begins a filter block. */
export function parseFilter(cursor: Cursor, input: Expression | undefined, start: number): Expression {
  cursor.takeOperator('|');
  const name = cursor.expectKind('name', 'the name of a filter is expected');
  let full = name.value;
  while (cursor.takeOperator('.'))
    full += `.${cursor.expectKind('name', 'a name is expected after `.`').value}`;
  const args = cursor.isOperator('(') ? parseArguments(cursor) : [];
  return {
    kind: 'filter',
    ...(input && { input }),
    name: full,
    nameStart: name.start,
    args,
    start,
    end: cursor.lastEnd,
  };
}

function parseTest(cursor: Cursor, input: Expression, start: number): Expression {
  cursor.next();
  const negated = cursor.takeName('not');
  const name = cursor.expectKind('name', 'the name of a test is expected after `is`');
  const token = cursor.token;
  let args: Argument[] = [];
  if (cursor.isOperator('(')) args = parseArguments(cursor);
  else if (
    (token.kind === 'name' &&
      !['else', 'or', 'and', 'is', 'if', 'in', 'not', 'recursive'].includes(token.value)) ||
    token.kind === 'string' ||
    token.kind === 'integer' ||
    token.kind === 'float' ||
    cursor.isOperator('[') ||
    cursor.isOperator('{')
  ) {
    const from = token.start;
    args = [{ start: from, value: parsePostfix(cursor, parsePrimary(cursor), from) }];
  }
  return {
    kind: 'test',
    input,
    name: name.value,
    nameStart: name.start,
    negated,
    args,
    start,
    end: cursor.lastEnd,
  };
}
