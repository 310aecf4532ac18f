import { raise } from '../error.ts';
import { applyTestByName } from '../tests/index.ts';
import { iterate, truthy } from '../values/compare.ts';
import { type Dict, Undefined, type Value } from '../values/value.ts';
import { attributePath } from './attribute.ts';
import { type Filters, text } from './filter.ts';
import { applyFilterByName } from './index.ts';

/** Filters that choose or change the items of a sequence by another filter or test. */
export const selectionFilters: Filters = {
  map: {
    parameters: ['*args', '**kwargs'],
    body: (input, [args, kwargs], evaluator) => {
      const positional = args as Value[];
      const named = kwargs as Dict;
      if (positional.length === 0) {
        const attribute = named.get('attribute');
        if (attribute === undefined)
          return raise('CH205', { callee: 'map', problem: 'needs a filter or `attribute=`' });
        const get = attributePath(attribute, named.get('default'));
        return iterate(input).map((item) => get(item));
      }
      const name = text(positional[0]);
      const rest = {
        positional: positional.slice(1),
        named: new Map([...named.entries].map(([key, value]) => [String(key), value])),
      };
      return iterate(input).map((item) => applyFilterByName(evaluator, name, item, rest));
    },
  },
  select: {
    parameters: ['*args'],
    body: (input, [args]) => choose(input, args as Value[], true, false),
  },
  reject: {
    parameters: ['*args'],
    body: (input, [args]) => choose(input, args as Value[], false, false),
  },
  selectattr: {
    parameters: ['*args'],
    body: (input, [args]) => choose(input, args as Value[], true, true),
  },
  rejectattr: {
    parameters: ['*args'],
    body: (input, [args]) => choose(input, args as Value[], false, true),
  },
};

function choose(input: Value, args: Value[], keep: boolean, byAttribute: boolean): Value {
  const rest = [...args];
  if (byAttribute && rest.length === 0)
    return raise('CH205', { callee: 'selectattr', problem: 'needs the name of an attribute' });
  const get = byAttribute ? attributePath(rest.shift()) : (item: Value) => item;
  const name = rest.length > 0 ? text(rest.shift()) : undefined;
  const isChosen = (item: Value) => {
    const value = get(item);
    if (name !== undefined) return applyTestByName(name, value, { positional: rest, named: new Map() });
    return value instanceof Undefined ? false : truthy(value);
  };
  return iterate(input).filter((item) => isChosen(item) === keep);
}
