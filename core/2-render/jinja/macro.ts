import { nearest } from '../../diagnostics/index.ts';
import type { MacroSignature, Template } from './ast.ts';
import { raise } from './error.ts';
import type { Evaluator } from './evaluator.ts';
import type { Scope } from './scope.ts';
import { type CallArguments, Dict, PyObject, Tuple, Undefined, type Value } from './values/value.ts';

/** A macro, or the `caller` made of a call block's body. */
export class Macro extends PyObject {
  readonly typeName = 'macro';

  constructor(
    readonly name: string,
    readonly signature: MacroSignature,
    readonly template: Template,
    /** What the body sees besides its parameters; undefined for project macros: only the context. */
    readonly closure: Scope | undefined,
  ) {
    super();
  }

  override toText(): string {
    return `<macro ${this.name}>`;
  }

  override attributeNames(): readonly string[] {
    return ['name', 'arguments'];
  }

  override attribute(name: string): Value | undefined {
    if (name === 'name') return this.name;
    if (name === 'arguments')
      return Tuple.of2(...this.signature.parameters.map((parameter) => parameter.name));
    return undefined;
  }

  override call(args: CallArguments, evaluator: Evaluator): Value {
    return evaluator.callMacro(this, args);
  }
}

/** How the macro is written, for messages: `cents_to_dollars(column, digits=2)`. */
export function signatureText(macro: Macro): string {
  const parameters = macro.signature.parameters.map((parameter) =>
    parameter.default
      ? `${parameter.name}=${macro.template.text.slice(parameter.default.start, parameter.default.end)}`
      : parameter.name,
  );
  return `${macro.name}(${parameters.join(', ')})`;
}

/**
 * Binds arguments to parameters in the macro's scope. Defaults are evaluated in that scope, so that they may use
 * earlier parameters. As in Jinja, a parameter without a value is undefined, which is an error once it is used.
 */
export function bindMacroArguments(
  macro: Macro,
  args: CallArguments,
  scope: Scope,
  evaluator: Evaluator,
): void {
  const { parameters, readsVarargs, readsKwargs, readsCaller } = macro.signature;
  const fail = (problem: string): never =>
    raise('CH205', { callee: macro.name, problem, signature: signatureText(macro) });
  const extra = args.positional.slice(parameters.length);
  const known = new Set(parameters.map((parameter) => parameter.name));
  const named = [...args.named].filter(([name]) => !known.has(name));
  const caller = args.named.get('caller');
  const unknown = named.filter(([name]) => name !== 'caller');

  if (extra.length > 0 && !readsVarargs) {
    fail(
      `takes ${parameters.length === 0 ? 'no arguments' : `at most ${parameters.length} arguments`}, got ${args.positional.length}`,
    );
  }
  if (unknown.length > 0 && !readsKwargs) {
    const name = (unknown[0] as [string, Value])[0];
    const close = nearest(name, known);
    fail(`has no parameter \`${name}\`${close === undefined ? '' : ` (did you mean \`${close}\`?)`}`);
  }
  if (caller !== undefined && !readsCaller && !known.has('caller'))
    fail('takes no block: it never calls caller()');

  for (const [i, parameter] of parameters.entries()) {
    const { name } = parameter;
    const value = args.positional[i];
    if (value !== undefined) {
      if (args.named.has(name)) fail(`got \`${name}\` twice`);
      scope.set(name, value);
    } else if (args.named.has(name)) scope.set(name, args.named.get(name) as Value);
    else if (parameter.default) scope.set(name, evaluator.evaluate(parameter.default, scope));
    else scope.set(name, new Undefined(name, `the call of \`${macro.name}\``));
  }
  if (readsVarargs && !known.has('varargs')) scope.set('varargs', Tuple.of2(...extra));
  if (readsKwargs && !known.has('kwargs')) scope.set('kwargs', new Dict(new Map(unknown)));
  if (readsCaller && !known.has('caller'))
    scope.set('caller', caller ?? new Undefined('caller', `the call of \`${macro.name}\``));
}
