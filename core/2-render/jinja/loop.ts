import { raise } from './error.ts';
import { equal, iterate } from './values/compare.ts';
import { native } from './values/native.ts';
import { repr } from './values/show.ts';
import { type CallArguments, orElse, PyObject, Undefined, type Value } from './values/value.ts';

const names = [
  'index',
  'index0',
  'revindex',
  'revindex0',
  'first',
  'last',
  'length',
  'depth',
  'depth0',
  'previtem',
  'nextitem',
  'cycle',
  'changed',
];

/** The `loop` variable of a `for`; one object serves all iterations of its loop. */
export class Loop extends PyObject {
  readonly typeName = 'loop';
  index0 = 0;
  #last: readonly Value[] | undefined;

  constructor(
    readonly items: readonly Value[],
    readonly depth0: number,
    /** Renders the body for other items: only for `recursive` loops. */
    readonly recurse?: (items: readonly Value[], depth0: number) => Value,
  ) {
    super();
  }

  override attributeNames(): readonly string[] {
    return names;
  }

  override attribute(name: string): Value | undefined {
    const { index0, items } = this;
    switch (name) {
      case 'index':
        return index0 + 1;
      case 'index0':
        return index0;
      case 'revindex':
        return items.length - index0;
      case 'revindex0':
        return items.length - index0 - 1;
      case 'first':
        return index0 === 0;
      case 'last':
        return index0 === items.length - 1;
      case 'length':
        return items.length;
      case 'depth':
        return this.depth0 + 1;
      case 'depth0':
        return this.depth0;
      case 'previtem':
        return orElse(items[index0 - 1], () => new Undefined('previtem', 'the first iteration'));
      case 'nextitem':
        return orElse(items[index0 + 1], () => new Undefined('nextitem', 'the last iteration'));
      case 'cycle':
        return native('loop.cycle', ['*values'], ([values]) => {
          const list = values as Value[];
          if (list.length === 0) return raise('CH205', { callee: 'loop.cycle', problem: 'needs values' });
          return list[index0 % list.length] as Value;
        });
      case 'changed':
        return native('loop.changed', ['*values'], ([values]) => {
          const list = values as Value[];
          const same = this.#last !== undefined && equal([...this.#last], list);
          this.#last = list;
          return !same;
        });
      default:
        return undefined;
    }
  }

  override call(args: CallArguments): Value {
    if (!this.recurse)
      return raise('CH204', {
        problem: 'the loop is not recursive',
        fix: 'Write `{% for ... recursive %}`.',
      });
    const [items] = args.positional;
    if (items === undefined) return raise('CH205', { callee: 'loop', problem: 'needs what to loop over' });
    return this.recurse(iterate(items), this.depth0 + 1);
  }

  /** What to say about an error in the current iteration. */
  describe(): string {
    const item = this.items[this.index0];
    const shown = item === undefined ? '' : ` (${clip(repr(item))})`;
    return `in iteration ${this.index0 + 1} of ${this.items.length}${shown}`;
  }
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
