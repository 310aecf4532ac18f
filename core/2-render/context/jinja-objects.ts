import { native } from '../jinja/values/native.ts';
import { PyObject, type Value } from '../jinja/values/value.ts';

/** Jinja's `cycler('a', 'b')`: `.next()`, `.current`, `.reset()`. */
export class Cycler extends PyObject {
  readonly typeName = 'cycler';
  #at = 0;

  constructor(readonly items: readonly Value[]) {
    super();
  }

  override attributeNames(): readonly string[] {
    return ['next', 'current', 'reset'];
  }

  override attribute(name: string): Value | undefined {
    if (name === 'current') return this.items[this.#at];
    if (name === 'next') {
      return native('next', [], () => {
        const item = this.items[this.#at] as Value;
        this.#at = (this.#at + 1) % this.items.length;
        return item;
      });
    }
    if (name === 'reset') {
      return native('reset', [], () => {
        this.#at = 0;
        return null;
      });
    }
    return undefined;
  }
}

/** Jinja's `joiner(', ')`: nothing at the first call, the separator from then on. */
export class Joiner extends PyObject {
  readonly typeName = 'joiner';
  #used = false;

  constructor(readonly separator: string) {
    super();
  }

  override call(): Value {
    if (this.#used) return this.separator;
    this.#used = true;
    return '';
  }
}
