import { nearest } from '../../diagnostics/index.ts';
import { raise } from '../jinja/error.ts';
import { textOf } from '../jinja/values/compare.ts';
import { Bag, native } from '../jinja/values/native.ts';
import { PyObject, type Value } from '../jinja/values/value.ts';
import { contextOf } from './node-context.ts';
import { createRelation, quoteIdentifier } from './relation-value.ts';

/** Models are written in DuckDB SQL whatever the target, so DuckDB's variants are the ones to use. */
const prefixes = ['duckdb', 'default'];

const dispatch = native('adapter.dispatch', ['macro_name', 'macro_namespace?'], ([wanted], evaluator) => {
  const context = contextOf(evaluator);
  const name =
    textOf(wanted) ?? raise('CH205', { callee: 'adapter.dispatch', problem: 'needs the name of a macro' });
  for (const prefix of prefixes) {
    const found = context.macro(`${prefix}__${name}`);
    if (found !== undefined) return found;
  }
  const builtIn = context.around.globals.get(name);
  if (builtIn !== undefined) return builtIn;
  const close = nearest(`default__${name}`, context.around.macros.keys());
  return raise('CH204', {
    problem: `there is no macro \`duckdb__${name}\` or \`default__${name}\` to dispatch to`,
    ...(close !== undefined && { fix: `Did you mean \`${close.replace(/^default__/, '')}\`?` }),
  });
});

const quote = native('adapter.quote', ['identifier'], ([name]) => quoteIdentifier(textOf(name) ?? ''));

/** `adapter`: what needs no database; the rest is refused by name. */
export const adapter = Bag.of(
  'adapter',
  {
    dispatch,
    quote,
    quote_as_configured: native('adapter.quote_as_configured', ['identifier', 'key?'], ([name]) =>
      quoteIdentifier(textOf(name) ?? ''),
    ),
    type: native('adapter.type', [], () => 'duckdb'),
  },
  (name) => raise('CH212', { name: `adapter.${name}` }),
);

/** `api.Column`: a name and a type. */
class Column extends PyObject {
  readonly typeName = 'column';

  constructor(
    readonly name: string,
    readonly dataType: string,
  ) {
    super();
  }

  override attributeNames(): readonly string[] {
    return ['name', 'column', 'quoted', 'dtype', 'data_type'];
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'name':
      case 'column':
        return this.name;
      case 'quoted':
        return quoteIdentifier(this.name);
      case 'dtype':
      case 'data_type':
        return this.dataType;
      default:
        return undefined;
    }
  }

  override toText(): string {
    return `<Column ${this.name} (${this.dataType})>`;
  }
}

const column = native(
  'api.Column',
  ['column', 'dtype'],
  ([name, type]) => new Column(textOf(name) ?? '', textOf(type) ?? ''),
);

export const api = Bag.of('api', {
  Column: column,
  Relation: Bag.of('Relation', { create: createRelation }),
});
