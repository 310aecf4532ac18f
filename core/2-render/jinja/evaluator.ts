import type { RelatedSpan } from '../../diagnostics/index.ts';
import type { Expression, Range, Statement, Target, Template } from './ast.ts';
import { type Budget, defaultBudget } from './budget.ts';
import { RenderError, raise } from './error.ts';
import { evaluate } from './evaluate.ts';
import { applyFilter } from './filters/index.ts';
import { Loop } from './loop.ts';
import { bindMacroArguments, Macro } from './macro.ts';
import { Scope } from './scope.ts';
import { Output } from './segments.ts';
import type { FrameRecord, Session } from './session.ts';
import { iterate, truthy } from './values/compare.ts';
import { Namespace } from './values/namespace.ts';
import { toText, typeName } from './values/show.ts';
import { type CallArguments, MappedText, Undefined, type Value } from './values/value.ts';

/** Thrown by dbt's `return()`; ends the macro being evaluated. */
export class ReturnSignal {
  constructor(readonly value: Value) {}
}

/** Names that a template finds outside itself. */
export interface Context {
  get(name: string): Value | undefined;
  names(): Iterable<string>;
}

/** Calls of a chain that a diagnostic shows, besides the outermost. */
const shownCalls = 4;

type Jump = 'break' | 'continue' | undefined;

/** Evaluates one template (and the macros it calls) into output with origins. One evaluator per rendering. */
export class Evaluator {
  frame = 0;
  out = new Output();
  /** What is being evaluated: where an error is reported that does not know its place. */
  at: Range = { start: 0, end: 0 };
  template: Template;
  templateId: number;
  #depth = 0;
  #iterations = 0;

  constructor(
    readonly session: Session,
    readonly context: Context,
    template: Template,
    readonly budget: Budget = defaultBudget,
  ) {
    this.template = template;
    this.templateId = session.idOf(template);
  }

  /** @throws RenderError, located */
  run(scope = new Scope()): Output {
    try {
      this.execute(this.template.body, scope);
    } catch (error) {
      if (error instanceof ReturnSignal) return this.out;
      throw this.located(error);
    }
    return this.out;
  }

  /** The value of a single expression of the template, such as a test's argument `ref('x')`. */
  runExpression(expression: Expression): Value {
    try {
      return this.evaluate(expression, new Scope());
    } catch (error) {
      throw this.located(error);
    }
  }

  /** Calls a function from outside any template; errors without a place get that of `at`. */
  runCall(callee: Value, args: CallArguments): Value {
    try {
      return this.call(callee, args);
    } catch (error) {
      throw this.located(error);
    }
  }

  evaluate(expression: Expression, scope: Scope): Value {
    return evaluate(this, expression, scope);
  }

  /** Gives an error its span and the chain of macro calls that led to it. */
  located(error: unknown): unknown {
    if (error instanceof RangeError && /call stack/i.test(error.message)) {
      return this.located(budgetError());
    }
    if (!(error instanceof RenderError) || error.located) return error;
    const [start, end] = error.at ?? [this.at.start, this.at.end];
    error.span ??= this.session.span(this.templateId, start, end);
    error.related.push(...this.#calls());
    error.located = true;
    return error;
  }

  /** The macro calls on the way here, innermost first; of a long way, its ends. */
  #calls(): RelatedSpan[] {
    const calls: FrameRecord[] = [];
    for (let id = this.frame; id !== 0; ) {
      const frame = this.session.frames[id] as FrameRecord;
      if (frame.template >= 0) calls.push(frame);
      id = frame.parent;
    }
    const isLong = calls.length > shownCalls + 1;
    const shown = isLong ? [...calls.slice(0, shownCalls), calls.at(-1) as FrameRecord] : calls;
    return shown.map(({ macro, template, start, end }, i) => {
      const skipped =
        isLong && i === shownCalls ? `, ${calls.length - shownCalls - 1} calls further out` : '';
      return {
        span: this.session.span(template, start, end),
        message: `\`${macro}\` is called here${skipped}`,
      };
    });
  }

  execute(body: readonly Statement[], scope: Scope): Jump {
    for (const statement of body) {
      const jump = this.#statement(statement, scope);
      if (jump) return jump;
    }
    return undefined;
  }

  #statement(statement: Statement, scope: Scope): Jump {
    switch (statement.kind) {
      case 'text':
        this.out.literal(statement.text, this.templateId, statement.start, this.frame);
        this.#checkOutput(statement);
        return undefined;
      case 'output':
        this.#print(this.evaluate(statement.expression, scope), statement.expression);
        return undefined;
      case 'do':
        this.evaluate(statement.expression, scope);
        return undefined;
      case 'if': {
        for (const branch of statement.branches) {
          const test = this.evaluate(branch.test, scope);
          this.at = branch.test;
          if (truthy(test)) return this.execute(branch.body, scope);
        }
        return this.execute(statement.otherwise, scope);
      }
      case 'for':
        this.#for(statement, scope);
        return undefined;
      case 'set':
        this.assign(statement.targets, this.evaluate(statement.value, scope), scope);
        return undefined;
      case 'set-block': {
        let value: Value = this.capture(() => this.execute(statement.body, new Scope(scope)));
        if (statement.filter) value = this.#filterText(statement.filter, value, scope);
        this.assign(statement.target, value, scope);
        return undefined;
      }
      case 'with': {
        const inner = new Scope(scope);
        for (const { target, value } of statement.bindings)
          this.assign(target, this.evaluate(value, inner), inner);
        return this.execute(statement.body, inner);
      }
      case 'filter-block': {
        const text = this.capture(() => this.execute(statement.body, new Scope(scope)));
        this.#print(this.#filterText(statement.filter, text, scope), statement.filter);
        return undefined;
      }
      case 'macro':
        scope.set(statement.name, new Macro(statement.name, statement, this.template, scope));
        return undefined;
      case 'call-block': {
        const caller = new Macro('caller', statement.block, this.template, scope);
        this.#print(evaluate(this, statement.call, scope, caller), statement.call);
        return undefined;
      }
      case 'break':
      case 'continue':
        return statement.kind;
    }
  }

  #print(value: Value, expression: Range): void {
    this.at = expression;
    const { start, end } = expression;
    if (value instanceof MappedText) this.out.mapped(value, this.templateId, start, end, this.frame);
    else this.out.computed(toText(value), this.templateId, start, end, this.frame);
    this.#checkOutput(expression);
  }

  #checkOutput(at: Range): void {
    if (this.out.length > this.budget.outputLength) {
      this.at = at;
      raise('CH218', { what: 'characters of output', limit: String(this.budget.outputLength) });
    }
  }

  #filterText(filter: Expression, input: Value, scope: Scope): Value {
    if (filter.kind !== 'filter') return input;
    const inner = filter.input ? this.#filterText(filter.input, input, scope) : input;
    return applyFilter(this, filter, inner, scope);
  }

  /** What the action prints, as a value. */
  capture(action: () => void): string | MappedText {
    const outer = this.out;
    this.out = new Output();
    try {
      action();
      return this.out.toValue();
    } finally {
      this.out = outer;
    }
  }

  #for(statement: Extract<Statement, { kind: 'for' }>, scope: Scope): void {
    const iterable = this.evaluate(statement.iterable, scope);
    this.at = statement.iterable;
    this.#loop(statement, iterate(iterable), scope, 0);
  }

  #loop(
    statement: Extract<Statement, { kind: 'for' }>,
    all: readonly Value[],
    scope: Scope,
    depth: number,
  ): void {
    const { target, filter } = statement;
    const items = filter
      ? all.filter((item) => {
          const inner = new Scope(scope);
          this.assign(target, item, inner);
          return truthy(this.evaluate(filter, inner));
        })
      : [...all];
    if (items.length === 0) {
      this.execute(statement.otherwise, new Scope(scope));
      return;
    }
    if (depth > this.budget.depth)
      raise('CH218', { what: 'a recursive loop', limit: `${this.budget.depth} levels` });
    const recurse = (inner: readonly Value[], innerDepth: number) =>
      this.capture(() => this.#loop(statement, inner, scope, innerDepth));
    const loop = new Loop(items, depth, statement.recursive ? recurse : undefined);
    try {
      for (const [i, item] of items.entries()) {
        if (++this.#iterations > this.budget.iterations) {
          this.at = statement;
          raise('CH218', { what: 'iterations of loops in one file', limit: String(this.budget.iterations) });
        }
        loop.index0 = i;
        const inner = new Scope(scope);
        inner.set('loop', loop);
        this.assign(target, item, inner);
        if (this.execute(statement.body, inner) === 'break') break;
      }
    } catch (error) {
      if (error instanceof RenderError) error.notes.push(loop.describe());
      throw error;
    }
  }

  assign(target: Target, value: Value, scope: Scope): void {
    switch (target.kind) {
      case 'name':
        scope.set(target.name, value);
        return;
      case 'attribute': {
        const object = scope.get(target.object);
        this.at = target;
        if (!(object instanceof Namespace)) {
          raise('CH204', {
            problem: `\`${target.object}\` is ${object === undefined ? 'not defined' : typeName(object)}, and only attributes of a namespace can be set`,
            fix: `Write \`{% set ${target.object} = namespace(${target.name}=...) %}\` first.`,
          });
        }
        object.values.set(target.name, value);
        return;
      }
      case 'tuple': {
        this.at = target;
        const items = iterate(value);
        if (items.length !== target.items.length) {
          raise('CH204', { problem: `${target.items.length} names cannot take ${items.length} values` });
        }
        for (const [i, item] of target.items.entries()) this.assign(item, items[i] as Value, scope);
      }
    }
  }

  /** Calls any value; what cannot be called is refused. */
  call(callee: Value, args: CallArguments): Value {
    if (callee instanceof Undefined) return callee.fail();
    if (
      callee !== null &&
      typeof callee === 'object' &&
      'call' in callee &&
      typeof callee.call === 'function'
    ) {
      return callee.call(args, this);
    }
    return raise('CH204', { problem: `${typeName(callee)} cannot be called` });
  }

  callMacro(macro: Macro, args: CallArguments): Value {
    if (this.#depth >= this.budget.depth) {
      raise('CH218', {
        what: `calls of macros within macros (\`${macro.name}\`)`,
        limit: `${this.budget.depth} deep`,
      });
    }
    const { template, templateId, frame, out, at } = this;
    const callFrame = this.session.frame({
      macro: macro.name,
      template: templateId,
      start: at.start,
      end: at.end,
      parent: frame,
    });
    this.#depth++;
    const scope = new Scope(macro.closure);
    try {
      bindMacroArguments(macro, args, scope, this);
      this.frame = callFrame;
      this.template = macro.template;
      this.templateId = this.session.idOf(macro.template);
      this.out = new Output();
      this.execute(macro.signature.body, scope);
      return this.out.toValue();
    } catch (error) {
      if (error instanceof ReturnSignal) return error.value;
      throw this.located(error);
    } finally {
      this.#depth--;
      this.template = template;
      this.templateId = templateId;
      this.frame = frame;
      this.out = out;
      this.at = at;
    }
  }
}

function budgetError(): RenderError {
  try {
    return raise('CH218', { what: 'calls and expressions nested', limit: 'the stack can hold' });
  } catch (error) {
    return error as RenderError;
  }
}
