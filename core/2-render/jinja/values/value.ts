import { nearest } from '../../../diagnostics/index.ts';
import { raise } from '../error.ts';
import type { Evaluator } from '../evaluator.ts';

/**
 * A value of a template. Python's types map to: str -> string or MappedText, int -> number (safe integers) or bigint,
 * float -> Float, bool -> boolean, None -> null, list -> array, tuple -> Tuple, dict -> Dict, set -> PySet, and
 * everything else (functions, namespaces, relations, dates) -> PyObject. JavaScript objects never appear, so a
 * template cannot reach a prototype.
 */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | Value[]
  | Float
  | MappedText
  | Undefined
  | Dict
  | PySet
  | PyObject;

/** A Python float; a JavaScript number in a template is always an integer. */
export class Float {
  constructor(readonly value: number) {}
}

/** Python's tuple: an array that prints with parentheses. */
export class Tuple extends Array<Value> {
  static override get [Symbol.species]() {
    return Array;
  }

  static of2(...items: Value[]): Tuple {
    const tuple = new Tuple();
    for (const item of items) tuple.push(item);
    return tuple;
  }
}

/**
 * Text that remembers where its characters were written: what a macro returns, a block set captures.
 * `segments` is laid out as described in segments.ts, offsets relative to `text`.
 */
export class MappedText {
  constructor(
    readonly text: string,
    readonly segments: readonly number[],
  ) {}
}

/** The result of a lookup that found nothing: may be tested and defaulted, but not printed, called or computed with. */
export class Undefined {
  constructor(
    readonly name: string,
    /** Undefined for a bare name; else what the attribute or key was looked up on. */
    readonly owner?: string,
    /** Names that would have been found, for the nearest one. */
    readonly candidates: () => Iterable<string> = () => [],
    /** Prints as nothing: the missing `else` of an inline `if`. */
    readonly silent = false,
  ) {}

  /** Reports the lookup that failed. */
  fail(): never {
    const { name, owner } = this;
    const close = nearest(name, this.candidates());
    if (owner === undefined) return raise('CH202', { name, ...(close !== undefined && { nearest: close }) });
    return raise('CH203', { name, owner, ...(close !== undefined && { nearest: close }) });
  }
}

export type Key = string | number | bigint | boolean | null;

/** A dict; keys keep the order of insertion. */
export class Dict {
  constructor(readonly entries: Map<Key, Value> = new Map()) {}

  static from(record: Readonly<Record<string, Value>>): Dict {
    return new Dict(new Map(Object.entries(record)));
  }

  get(key: Value): Value | undefined {
    return this.entries.get(toKey(key));
  }

  set(key: Value, value: Value): void {
    this.entries.set(toKey(key), value);
  }

  has(key: Value): boolean {
    return this.entries.has(toKey(key));
  }
}

export class PySet {
  constructor(readonly items: Set<Key> = new Set()) {}
}

/** A value that was found, none included; else what `otherwise` gives. `??` would take none for missing. */
export function orElse(found: Value | undefined, otherwise: () => Value): Value {
  return found === undefined ? otherwise() : found;
}

/** A key of a dict or set; what cannot be one is refused. */
export function toKey(value: Value): Key {
  if (value instanceof MappedText) return value.text;
  if (value instanceof Float) return value.value;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Undefined) return value.fail();
  return raise('CH204', {
    problem: 'only strings, numbers, booleans and none can be keys or members of a set',
  });
}

export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

export const noArguments: CallArguments = { positional: [], named: new Map() };

/** An object with attributes of its own: loops, namespaces, relations, functions, dates. */
export abstract class PyObject {
  /** What error messages call it. */
  abstract readonly typeName: string;

  /** Undefined (the JavaScript value) when there is no such attribute. */
  attribute(_name: string): Value | undefined {
    return undefined;
  }

  attributeNames(): readonly string[] {
    return [];
  }

  item(_key: Value): Value | undefined {
    return undefined;
  }

  /** Python's `str()`. */
  toText(): string {
    return `<${this.typeName}>`;
  }

  truthy(): boolean {
    return true;
  }

  equals(other: Value): boolean {
    return this === other;
  }

  iterate(): readonly Value[] | undefined {
    return undefined;
  }

  /** Undefined for what cannot be called. */
  call?(args: CallArguments, evaluator: Evaluator): Value;
}
