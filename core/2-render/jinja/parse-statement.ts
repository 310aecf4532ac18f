import type { Expression, MacroSignature, Parameter, Statement, Target } from './ast.ts';
import { type Cursor, describe } from './cursor.ts';
import { raise } from './error.ts';
import { parseExpression, parseFilter, parseOr, parseTuple } from './parse-expression.ts';

/** Statements that Jinja has and dbt projects cannot use: they load other templates by path. */
const refused: Readonly<Record<string, string>> = {
  include: 'Call a macro instead.',
  import: 'Macros of the project are visible everywhere; call them by name.',
  from: 'Macros of the project are visible everywhere; call them by name.',
  extends: 'Write a macro that takes a caller().',
  block: 'Write a macro instead.',
  materialization: 'Materialisations are built in; use `materialized` and hooks.',
  docs: 'Docs blocks belong into Markdown files.',
  snapshot: 'Snapshots belong into a file of the snapshots folder.',
  autoescape: 'Remove it: SQL is never escaped.',
  trans: 'Remove it.',
};

/** Statements up to the end of the template, or to one of the block names in `until` (not consumed). */
export function parseBody(
  cursor: Cursor,
  until: readonly string[],
  opened?: { name: string; start: number; end: number },
): Statement[] {
  const body: Statement[] = [];
  for (;;) {
    const token = cursor.token;
    switch (token.kind) {
      case 'end':
        if (!opened) return body;
        return raise(
          'CH201',
          { problem: `\`{% ${opened.name} %}\` is never closed`, expected: `{% ${until.at(-1)} %}` },
          [opened.start, opened.end],
        );
      case 'data':
        cursor.next();
        body.push({ kind: 'text', text: token.value, start: token.start, end: token.end });
        break;
      case 'variable-begin': {
        cursor.next();
        const expression = parseTuple(cursor);
        cursor.expectKind('variable-end', '`}}` is expected');
        body.push({ kind: 'output', expression, start: token.start, end: cursor.lastEnd });
        break;
      }
      default: {
        const name = cursor.peek();
        if (name.kind === 'name' && until.includes(name.value)) return body;
        body.push(cursor.nested(() => parseBlock(cursor)));
      }
    }
  }
}

function parseBlock(cursor: Cursor): Statement {
  const { start } = cursor.next();
  const keyword = cursor.expectKind('name', 'the name of a block is expected');
  const opened = { name: keyword.value, start, end: keyword.end };
  switch (keyword.value) {
    case 'if':
      return parseIf(cursor, opened);
    case 'for':
      return parseFor(cursor, opened);
    case 'set':
      return parseSet(cursor, opened);
    case 'do': {
      const expression = parseTuple(cursor);
      closeTag(cursor);
      return { kind: 'do', expression, start, end: cursor.lastEnd };
    }
    case 'macro':
      return parseMacro(cursor, opened, 'macro');
    case 'test':
    case 'data_test':
      return parseMacro(cursor, opened, 'test');
    case 'call':
      return parseCall(cursor, opened);
    case 'filter': {
      let filter = parseFilter(cursor, undefined, cursor.token.start);
      while (cursor.isOperator('|')) filter = parseFilter(cursor, filter, filter.start);
      closeTag(cursor);
      const body = blockBody(cursor, ['endfilter'], opened);
      return { kind: 'filter-block', filter, body, start, end: cursor.lastEnd };
    }
    case 'with':
      return parseWith(cursor, opened);
    case 'break':
    case 'continue':
      closeTag(cursor);
      return { kind: keyword.value, start, end: cursor.lastEnd };
    default:
      return unknownBlock(keyword.value, start, keyword.end);
  }
}

function unknownBlock(name: string, start: number, end: number): never {
  const hint = Object.hasOwn(refused, name) ? refused[name] : undefined;
  if (hint !== undefined) raise('CH213', { name: `\`{% ${name} %}\``, fix: hint }, [start, end]);
  const problem = /^(end|else|elif)/.test(name)
    ? `\`{% ${name} %}\` closes nothing`
    : `there is no block \`${name}\``;
  return raise('CH201', { problem }, [start, end]);
}

function closeTag(cursor: Cursor): void {
  cursor.expectKind('block-end', '`%}` is expected');
}

/** A body, its closing tag consumed. */
function blockBody(
  cursor: Cursor,
  until: readonly string[],
  opened: { name: string; start: number; end: number },
): Statement[] {
  const body = parseBody(cursor, until, opened);
  cursor.next();
  cursor.next();
  // dbt allows a name after endmacro and the like: {% endmacro my_macro %}
  if (cursor.token.kind === 'name' && until.includes(`end${opened.name}`)) cursor.next();
  closeTag(cursor);
  return body;
}

function parseIf(cursor: Cursor, opened: { name: string; start: number; end: number }): Statement {
  const branches: { test: Expression; body: Statement[] }[] = [];
  let otherwise: Statement[] = [];
  let test = parseTuple(cursor);
  closeTag(cursor);
  for (;;) {
    const body = parseBody(cursor, ['elif', 'else', 'endif'], opened);
    branches.push({ test, body });
    cursor.next();
    const keyword = cursor.next().value;
    if (keyword === 'elif') {
      test = parseTuple(cursor);
      closeTag(cursor);
      continue;
    }
    closeTag(cursor);
    if (keyword === 'else') otherwise = blockBody(cursor, ['endif'], opened);
    return { kind: 'if', branches, otherwise, start: opened.start, end: cursor.lastEnd };
  }
}

function parseFor(cursor: Cursor, opened: { name: string; start: number; end: number }): Statement {
  const target = parseTarget(cursor);
  if (!cursor.takeName('in')) cursor.fail(`\`in\` is expected, found ${describe(cursor.token)}`);
  const iterable = parseTuple(cursor, parseOr);
  const filter = cursor.takeName('if') ? parseExpression(cursor) : undefined;
  const recursive = cursor.takeName('recursive');
  closeTag(cursor);
  const body = parseBody(cursor, ['else', 'endfor'], opened);
  cursor.next();
  const keyword = cursor.next().value;
  closeTag(cursor);
  const otherwise = keyword === 'else' ? blockBody(cursor, ['endfor'], opened) : [];
  return {
    kind: 'for',
    target,
    iterable,
    ...(filter && { filter }),
    recursive,
    body,
    otherwise,
    start: opened.start,
    end: cursor.lastEnd,
  };
}

/** `a`, `ns.a`, `a, b`, `(a, (b, c))`. */
export function parseTarget(cursor: Cursor): Target {
  const { start } = cursor.token;
  const items = [parseOneTarget(cursor)];
  let tuple = false;
  while (cursor.takeOperator(',')) {
    tuple = true;
    if (cursor.token.kind !== 'name' && !cursor.isOperator('(')) break;
    if (cursor.isName('in')) break;
    items.push(parseOneTarget(cursor));
  }
  return tuple ? { kind: 'tuple', items, start, end: cursor.lastEnd } : (items[0] as Target);
}

function parseOneTarget(cursor: Cursor): Target {
  const { start } = cursor.token;
  if (cursor.takeOperator('(')) {
    const inner = cursor.nested(() => parseTarget(cursor));
    cursor.expectOperator(')', '`)` is expected');
    return inner;
  }
  const name = cursor.expectKind('name', 'a name to assign to is expected').value;
  if (['true', 'false', 'none', 'True', 'False', 'None'].includes(name)) {
    raise('CH201', { problem: `\`${name}\` cannot be assigned to` }, [start, cursor.lastEnd]);
  }
  if (!cursor.takeOperator('.')) return { kind: 'name', name, start, end: cursor.lastEnd };
  const attribute = cursor.expectKind('name', 'an attribute name is expected after `.`').value;
  return { kind: 'attribute', object: name, name: attribute, start, end: cursor.lastEnd };
}

function parseSet(cursor: Cursor, opened: { name: string; start: number; end: number }): Statement {
  const target = parseTarget(cursor);
  if (cursor.takeOperator('=')) {
    const value = parseTuple(cursor);
    closeTag(cursor);
    return { kind: 'set', targets: target, value, start: opened.start, end: cursor.lastEnd };
  }
  let filter: Expression | undefined;
  while (cursor.isOperator('|')) filter = parseFilter(cursor, filter, cursor.token.start);
  if (cursor.token.kind !== 'block-end')
    cursor.fail(`\`=\` or \`%}\` is expected, found ${describe(cursor.token)}`, '=');
  closeTag(cursor);
  const body = blockBody(cursor, ['endset'], opened);
  return {
    kind: 'set-block',
    target,
    ...(filter && { filter }),
    body,
    start: opened.start,
    end: cursor.lastEnd,
  };
}

function parseWith(cursor: Cursor, opened: { name: string; start: number; end: number }): Statement {
  const bindings: { target: Target; value: Expression }[] = [];
  while (cursor.token.kind !== 'block-end') {
    if (bindings.length > 0) cursor.expectOperator(',', '`,` is expected');
    const target = parseOneTarget(cursor);
    cursor.expectOperator('=', '`=` is expected');
    bindings.push({ target, value: parseExpression(cursor) });
  }
  closeTag(cursor);
  const body = blockBody(cursor, ['endwith'], opened);
  return { kind: 'with', bindings, body, start: opened.start, end: cursor.lastEnd };
}

function parseMacro(
  cursor: Cursor,
  opened: { name: string; start: number; end: number },
  flavour: 'macro' | 'test',
): Statement {
  const name = cursor.expectKind('name', `the name of the ${flavour} is expected`).value;
  const signature = parseSignature(cursor, [`end${opened.name}`], opened);
  return {
    kind: 'macro',
    name: flavour === 'test' ? `test_${name}` : name,
    flavour,
    ...signature,
    start: opened.start,
    end: cursor.lastEnd,
  };
}

/** `(parameters) %} body {% end... %}`, with what the body reads of the implicit names. */
function parseSignature(
  cursor: Cursor,
  until: readonly string[],
  opened: { name: string; start: number; end: number },
  before?: () => void,
): MacroSignature {
  const outer = cursor.reads;
  cursor.reads = new Set();
  const parameters = cursor.isOperator('(') ? parseParameters(cursor) : [];
  before?.();
  closeTag(cursor);
  const body = blockBody(cursor, until, opened);
  const { reads } = cursor;
  cursor.reads = outer;
  for (const name of reads) outer.add(name);
  return {
    parameters,
    body,
    readsVarargs: reads.has('varargs'),
    readsKwargs: reads.has('kwargs'),
    readsCaller: reads.has('caller'),
  };
}

function parseParameters(cursor: Cursor): Parameter[] {
  cursor.next();
  const parameters: Parameter[] = [];
  while (!cursor.isOperator(')')) {
    if (parameters.length > 0) {
      cursor.expectOperator(',', '`,` or `)` is expected');
      if (cursor.isOperator(')')) break;
    }
    const name = cursor.expectKind('name', 'the name of a parameter is expected');
    if (parameters.some((parameter) => parameter.name === name.value)) {
      raise('CH201', { problem: `the parameter \`${name.value}\` is declared twice` }, [
        name.start,
        name.end,
      ]);
    }
    const value = cursor.takeOperator('=') ? parseExpression(cursor) : undefined;
    if (!value && parameters.at(-1)?.default)
      cursor.fail('a parameter without default follows one with a default');
    parameters.push({
      name: name.value,
      ...(value && { default: value }),
      start: name.start,
      end: cursor.lastEnd,
    });
  }
  cursor.next();
  return parameters;
}

function parseCall(cursor: Cursor, opened: { name: string; start: number; end: number }): Statement {
  let call: Expression | undefined;
  const block = parseSignature(cursor, ['endcall'], opened, () => {
    call = parseExpression(cursor);
    if (call.kind !== 'call') cursor.fail('a call is expected in `{% call %}`');
  });
  return {
    kind: 'call-block',
    call: call as Extract<Expression, { kind: 'call' }>,
    block,
    start: opened.start,
    end: cursor.lastEnd,
  };
}
