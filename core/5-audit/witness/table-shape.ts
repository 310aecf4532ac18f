import { isNever } from '../on-data/masked-source.ts';
import type { Hints } from './hints.ts';
import type { StagedTable } from './staging.ts';

/** What a column is for, as far as declarations and names tell. */
export type ColumnRole =
  /** Joins tables: one of a few shared values. */
  | 'entity'
  | 'number of the row'
  | 'prediction time'
  /** The row's availability. */
  | 'available'
  /** An instant that comes later than the row, and may be missing. */
  | 'filled in'
  | 'instant'
  | 'text'
  | 'integer'
  | 'amount'
  | 'truth';

export interface ShapedColumn {
  readonly name: string;
  readonly type: string;
  readonly role: ColumnRole;
  readonly nullable: boolean;
  /** A key by itself. */
  readonly isUnique: boolean;
  /** Values that the SQL compares it with, or that are declared. */
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

/** A table as the generator of random databases sees it. */
export interface TableShape {
  /** A spine holds prediction times, entities are described by few rows each, all else are facts. */
  readonly kind: 'spine' | 'entities' | 'facts';
  readonly columns: readonly ShapedColumn[];
  /** Places of columns that are unique together. */
  readonly keys: readonly (readonly number[])[];
  /** Axioms that order two instants. */
  readonly orders: readonly { readonly earlier: number; readonly later: number; readonly strict: boolean }[];
}

const shapes = new WeakMap<StagedTable, { readonly hints: Hints; readonly shape: TableShape }>();

export function shapeOf(table: StagedTable, hints: Hints): TableShape {
  const known = shapes.get(table);
  if (known?.hints === hints) return known.shape;
  const shape = makeShape(table, hints);
  shapes.set(table, { hints, shape });
  return shape;
}

function makeShape({ node, columns: bound }: StagedTable, hints: Hints): TableShape {
  const source = node.kind === 'source' ? node.table : undefined;
  const lower = (text: string): string => text.toLowerCase();
  const place = (name: string): number => bound.findIndex((column) => lower(column.name) === lower(name));
  const primary = (source?.primaryKey ?? []).map(({ value }) => lower(value));
  const tested = (name: string, test: string): boolean =>
    source?.columns.some(
      (column) => lower(column.name) === lower(name) && column.tests.some((one) => one.test === test),
    ) === true;
  const available = wordsOf(source?.availableAt?.value);
  const filledIn = new Set(
    (source?.columns ?? []).flatMap(({ availableAt }) => [...wordsOf(availableAt?.value)]),
  );
  const columns = bound.map(({ name, type }): ShapedColumn => {
    const key = lower(name);
    const isUnique = (primary.length === 1 && primary[0] === key) || tested(name, 'unique');
    const declared = (source?.columns ?? [])
      .filter((column) => lower(column.name) === key)
      .flatMap(({ tests }) => tests.filter(({ test }) => test === 'accepted_values'))
      .flatMap(({ arguments: given }) => (Array.isArray(given.values) ? given.values.map(String) : []));
    const compared = [...(hints.textsOf.get(key) ?? []), ...declared];
    return {
      name,
      type,
      role: roleOf(key, type, { available, filledIn, hints, inKey: primary.includes(key), isUnique }),
      nullable: source !== undefined && !primary.includes(key) && !tested(name, 'not_null'),
      isUnique,
      texts: compared.length > 0 ? [...new Set([...compared, ...compared, 'a'])] : hints.texts,
      // Amounts may not fit where they are cast to: nothing large without a reason.
      numbers:
        hints.numbersOf.get(key) ?? (/INT/i.test(type) ? hints.numbers.filter((one) => one < 1000) : []),
    };
  });
  const uniqueColumns = columns.flatMap(({ isUnique }, index) => (isUnique ? [[index]] : []));
  const keys = [...(primary.length > 1 ? [primary.map(place)] : []), ...uniqueColumns];
  return {
    kind: columns.some(({ role }) => role === 'prediction time')
      ? 'spine'
      : primary.length > 0 && primary.every((name) => hints.entities.has(name) || available.has(name))
        ? 'entities'
        : 'facts',
    columns,
    keys,
    orders: (source?.axioms ?? []).flatMap(({ value }) => {
      const [, a = '', sign, b = ''] = /^\s*(\w+)\s*(<=?)\s*(\w+)\s*$/.exec(value) ?? [];
      const [earlier, later] = [place(a), place(b)];
      return earlier === -1 || later === -1 ? [] : [{ earlier, later, strict: sign === '<' }];
    }),
  };
}

function roleOf(
  name: string,
  type: string,
  about: {
    readonly available: ReadonlySet<string>;
    readonly filledIn: ReadonlySet<string>;
    readonly hints: Hints;
    readonly inKey: boolean;
    readonly isUnique: boolean;
  },
): ColumnRole {
  const kind = type.toUpperCase();
  if (/^(TIMESTAMP|DATE)/.test(kind)) {
    if (about.hints.moments.has(name)) return 'prediction time';
    if (about.available.has(name)) return 'available';
    return about.filledIn.has(name) ? 'filled in' : 'instant';
  }
  if (about.hints.entities.has(name)) return 'entity';
  if (kind === 'VARCHAR') return 'text';
  if (kind === 'BOOLEAN') return 'truth';
  if (/INT/.test(kind)) return about.inKey || about.isUnique ? 'number of the row' : 'integer';
  return 'amount';
}

function wordsOf(sql: string | undefined): ReadonlySet<string> {
  return new Set(sql === undefined || isNever(sql) ? [] : (sql.toLowerCase().match(/\w+/g) ?? []));
}
