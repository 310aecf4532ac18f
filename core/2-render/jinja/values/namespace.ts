import { repr } from './show.ts';
import { PyObject, type Value } from './value.ts';

/** `namespace(a=1)`: the one object whose attributes a template may set, across scopes. */
export class Namespace extends PyObject {
  readonly typeName = 'namespace';

  constructor(readonly values: Map<string, Value> = new Map()) {
    super();
  }

  override attribute(name: string): Value | undefined {
    return this.values.get(name);
  }

  override attributeNames(): readonly string[] {
    return [...this.values.keys()];
  }

  override toText(): string {
    return `<Namespace {${[...this.values].map(([key, value]) => `${repr(key)}: ${repr(value)}`).join(', ')}}>`;
  }
}
