import { nearest } from '../../../diagnostics/index.ts';
import { raise } from '../error.ts';
import type { Evaluator } from '../evaluator.ts';
import { type CallArguments, Dict, PyObject, type Value } from './value.ts';

/**
 * Parameters of a built-in: `name` is required, `name?` may be missing, `*name` collects the other positional
 * arguments as a list, `**name` the other keyword arguments as a Dict.
 */
export type Parameters = readonly string[];

/** Arguments in the order of the parameters; undefined where an optional one is missing. */
export function bindArguments(
  callee: string,
  parameters: Parameters,
  args: CallArguments,
): (Value | undefined)[] {
  const bound: (Value | undefined)[] = [];
  let position = 0;
  let named = 0;
  let takesRest = false;
  let takesNamed = false;
  for (const parameter of parameters) {
    if (parameter.startsWith('**')) {
      const names = new Set(parameters.map((other) => other.replace(/\?$/, '')));
      const rest = new Dict();
      for (const [name, value] of args.named) if (!names.has(name)) rest.set(name, value);
      bound.push(rest);
      takesNamed = true;
      continue;
    }
    if (parameter.startsWith('*')) {
      bound.push(args.positional.slice(position) as Value[]);
      takesRest = true;
      continue;
    }
    const optional = parameter.endsWith('?');
    const name = optional ? parameter.slice(0, -1) : parameter;
    if (position < args.positional.length && !takesRest) {
      if (args.named.has(name)) fail(callee, parameters, `got \`${name}\` twice`);
      bound.push(args.positional[position++]);
    } else if (args.named.has(name)) {
      named++;
      bound.push(args.named.get(name));
    } else {
      if (!optional) fail(callee, parameters, `needs \`${name}\``);
      bound.push(undefined);
    }
  }
  if (!takesRest && position < args.positional.length) {
    fail(callee, parameters, `takes at most ${position} arguments, got ${args.positional.length}`);
  }
  if (!takesNamed && named < args.named.size) {
    const names = parameters.map((parameter) => parameter.replace(/^\*+|\?$/g, ''));
    const unknown = [...args.named.keys()].find((name) => !names.includes(name)) as string;
    const close = nearest(unknown, names);
    fail(
      callee,
      parameters,
      `has no parameter \`${unknown}\`${close ? ` (did you mean \`${close}\`?)` : ''}`,
    );
  }
  return bound;
}

function fail(callee: string, parameters: Parameters, problem: string): never {
  const signature = `${callee}(${parameters.map((name) => (name.endsWith('?') ? `[${name.slice(0, -1)}]` : name)).join(', ')})`;
  return raise('CH205', { callee, problem, signature });
}

type Body = (args: (Value | undefined)[], evaluator: Evaluator) => Value;

/** A built-in function or method. */
export class NativeFunction extends PyObject {
  readonly typeName = 'function';

  constructor(
    readonly name: string,
    readonly parameters: Parameters,
    readonly body: Body,
    /** Attributes, for functions that are objects too: `config.get`, `exceptions.warn`. */
    readonly attributes: ReadonlyMap<string, Value> = new Map(),
  ) {
    super();
  }

  override attribute(name: string): Value | undefined {
    return this.attributes.get(name);
  }

  override attributeNames(): readonly string[] {
    return [...this.attributes.keys()];
  }

  override toText(): string {
    return `<function ${this.name}>`;
  }

  override call(args: CallArguments, evaluator: Evaluator): Value {
    return this.body(bindArguments(this.name, this.parameters, args), evaluator);
  }
}

/** A NativeFunction, in short. */
export function native(name: string, parameters: Parameters, body: Body): NativeFunction {
  return new NativeFunction(name, parameters, body);
}

/** A fixed set of attributes: `exceptions`, `modules`, `flags`. */
export class Bag extends PyObject {
  constructor(
    readonly typeName: string,
    readonly attributes: ReadonlyMap<string, Value>,
    /** Names that exist in dbt and are refused here, with what to do instead. */
    readonly refuse: (name: string) => void = () => {},
  ) {
    super();
  }

  static of(
    typeName: string,
    attributes: Readonly<Record<string, Value>>,
    refuse?: (name: string) => void,
  ): Bag {
    return new Bag(typeName, new Map(Object.entries(attributes)), refuse);
  }

  override attribute(name: string): Value | undefined {
    const found = this.attributes.get(name);
    if (found === undefined) this.refuse(name);
    return found;
  }

  override attributeNames(): readonly string[] {
    return [...this.attributes.keys()];
  }

  override item(key: Value): Value | undefined {
    return typeof key === 'string' ? this.attribute(key) : undefined;
  }
}
