import type { ConfigValue } from '../../1-load/index.ts';

/** What a built-in test is applied to. `model` is a relation or a subquery with an alias. */
export interface BuiltInInput {
  readonly model: string;
  readonly column: string;
  readonly arguments: Readonly<Record<string, ConfigValue>>;
  /** The relation that `to` names; for `relationships`. */
  readonly to?: string;
}

/** A test that every project has; `problem` says what is wrong with its arguments. */
export interface BuiltInTest {
  readonly parameters: readonly string[];
  readonly problem: (input: Omit<BuiltInInput, 'model'>) => string | undefined;
  /** A select whose rows are failures. */
  readonly sql: (input: BuiltInInput) => string;
}

/** As dbt writes accepted values: text literals, which the engine reads as the column's type. */
function literal(value: ConfigValue): string {
  const text = typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

/** dbt's four generic tests. */
export const builtInTests: ReadonlyMap<string, BuiltInTest> = new Map<string, BuiltInTest>([
  [
    'unique',
    {
      parameters: [],
      problem: () => undefined,
      sql: ({ model, column }) =>
        `select ${column} as unique_field, count(*) as n_records\nfrom ${model}\nwhere ${column} is not null\ngroup by ${column}\nhaving count(*) > 1`,
    },
  ],
  [
    'not_null',
    {
      parameters: [],
      problem: () => undefined,
      sql: ({ model, column }) => `select *\nfrom ${model}\nwhere ${column} is null`,
    },
  ],
  [
    'accepted_values',
    {
      parameters: ['values', 'quote'],
      problem: ({ arguments: { values } }) =>
        Array.isArray(values) && values.length > 0 ? undefined : '`values` must be a list of values',
      sql: ({ model, column, arguments: { values, quote } }) => {
        const list = (values as readonly ConfigValue[])
          .filter((value) => value !== null)
          .map((value) => (quote === false ? String(value) : literal(value)));
        return `select ${column} as value_field, count(*) as n_records\nfrom ${model}\nwhere ${column} not in (${list.join(', ')})\ngroup by ${column}`;
      },
    },
  ],
  [
    'relationships',
    {
      parameters: ['to', 'field'],
      problem: ({ arguments: { field }, to }) => {
        if (to === undefined) return '`to` must be a ref() or source()';
        return typeof field === 'string' && field !== '' ? undefined : '`field` must name a column of `to`';
      },
      sql: ({ model, column, to, arguments: { field } }) =>
        `select child.${column} as from_field\nfrom (select ${column} from ${model} where ${column} is not null) as child\nleft join (select ${field} as to_field from ${to}) as parent on child.${column} = parent.to_field\nwhere parent.to_field is null`,
    },
  ],
]);
