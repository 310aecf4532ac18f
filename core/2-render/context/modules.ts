import { raise } from '../jinja/error.ts';
import { integer, text } from '../jinja/filters/filter.ts';
import { iterate } from '../jinja/values/compare.ts';
import { Bag, native } from '../jinja/values/native.ts';
import { PyObject, Tuple, type Value } from '../jinja/values/value.ts';
import { datetimeModule } from './datetime.ts';

/** Python's pattern syntax in JavaScript's: named groups and the end anchors differ. */
function toRegExp(pattern: Value | undefined, flags = ''): RegExp {
  const source = text(pattern)
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll('\\Z', '$')
    .replaceAll('\\A', '^');
  const inline = /^\(\?([ims]+)\)/.exec(source);
  try {
    return new RegExp(inline ? source.slice(inline[0].length) : source, `u${flags}${inline?.[1] ?? ''}`);
  } catch {
    return raise('CH204', { problem: `\`${text(pattern)}\` is not a pattern that is understood here` });
  }
}

/** A match of `re`: `.group()`, `.groups()`. */
class Match extends PyObject {
  readonly typeName = 'match';

  constructor(readonly found: RegExpExecArray) {
    super();
  }

  override attributeNames(): readonly string[] {
    return ['group', 'groups', 'start', 'end'];
  }

  override attribute(name: string): Value | undefined {
    const { found } = this;
    switch (name) {
      case 'group':
        return native(name, ['which?'], ([which]) => {
          if (which === undefined) return found[0];
          return (typeof which === 'number' ? found[which] : found.groups?.[text(which)]) ?? null;
        });
      case 'groups':
        return native(name, [], () => Tuple.of2(...found.slice(1).map((group) => group ?? null)));
      case 'start':
        return native(name, [], () => found.index);
      case 'end':
        return native(name, [], () => found.index + found[0].length);
      default:
        return undefined;
    }
  }
}

const match = (name: string, wrap: (source: string) => string) =>
  native(name, ['pattern', 'string'], ([pattern, all]) => {
    const inner = toRegExp(pattern);
    const found = new RegExp(wrap(inner.source), inner.flags).exec(text(all));
    return found ? new Match(found) : null;
  });

const re = Bag.of('re', {
  match: match('re.match', (source) => `^(?:${source})`),
  fullmatch: match('re.fullmatch', (source) => `^(?:${source})$`),
  search: match('re.search', (source) => source),
  findall: native('re.findall', ['pattern', 'string'], ([pattern, all]) =>
    [...text(all).matchAll(toRegExp(pattern, 'g'))].map((found) => {
      if (found.length === 1) return found[0];
      return found.length === 2 ? (found[1] ?? '') : Tuple.of2(...found.slice(1).map((group) => group ?? ''));
    }),
  ),
  sub: native('re.sub', ['pattern', 'repl', 'string', 'count?'], ([pattern, by, all, count]) => {
    let left = integer(count, 0) || Number.POSITIVE_INFINITY;
    const replacement = text(by);
    return text(all).replace(toRegExp(pattern, 'g'), (...found) => {
      if (left-- <= 0) return found[0] as string;
      return replacement.replace(/\\(\d)|\\g<(\w+)>/g, (_all, digit, name) =>
        String(found[Number(digit ?? name)] ?? ''),
      );
    });
  }),
  split: native('re.split', ['pattern', 'string'], ([pattern, all]) =>
    text(all)
      .split(toRegExp(pattern))
      .map((part) => part ?? ''),
  ),
  escape: native('re.escape', ['pattern'], ([all]) => text(all).replace(/[^\w]/g, '\\$&')),
});

function product(lists: readonly (readonly Value[])[]): Value[][] {
  return lists.reduce<Value[][]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
}

const rows = (items: readonly (readonly Value[])[]): Value[] => items.map((row) => Tuple.of2(...row));

function combinations(items: readonly Value[], size: number): Value[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    combinations(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

function permutations(items: readonly Value[], size: number): Value[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)], size - 1).map((rest) => [item, ...rest]),
  );
}

const itertools = Bag.of('itertools', {
  chain: native('itertools.chain', ['*iterables'], ([lists]) =>
    (lists as Value[]).flatMap((list) => [...iterate(list)]),
  ),
  product: native('itertools.product', ['*iterables'], ([lists]) =>
    rows(product((lists as Value[]).map(iterate))),
  ),
  combinations: native('itertools.combinations', ['iterable', 'r'], ([items, size]) =>
    rows(combinations(iterate(items as Value), integer(size, 0))),
  ),
  permutations: native('itertools.permutations', ['iterable', 'r?'], ([items, size]) => {
    const all = iterate(items as Value);
    return rows(permutations(all, integer(size, all.length)));
  }),
});

/** dbt's `modules`: datetime, re and itertools in the parts that projects use. */
export const modules = Bag.of('modules', { datetime: datetimeModule, re, itertools }, (name) =>
  raise('CH213', { name: `\`modules.${name}\``, fix: 'datetime, re and itertools are available.' }),
);
