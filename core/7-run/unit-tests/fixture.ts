import type { ConfigValue, SourceText, UnitTestDeclaration } from '../../1-load/index.ts';
import type { Relation } from '../../2-render/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import { nearest } from '../../diagnostics/index.ts';
import { identifier, literal, relationName } from '../adapters/duckdb/quote.ts';
import { csvCells } from './csv.ts';

/** A mistake in a unit test's declaration. */
export class BadUnitTest extends Error {}

type Mapping = Readonly<Record<string, ConfigValue>>;

export function mapping(value: ConfigValue | undefined): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}

/** One entry of `given`, its input as `ref`, `source` or `this`. */
export interface Given {
  readonly input: string;
  readonly kind: 'ref' | 'source' | 'this';
  /** `orders`, or `raw.orders`. */
  readonly name: string;
  readonly fixture: Mapping;
}

export function givenOf({ values }: UnitTestDeclaration): Given[] {
  const list = Array.isArray(values.given) ? (values.given as readonly ConfigValue[]) : [];
  return list.map((entry) => {
    const fixture = mapping(entry);
    const input = String(fixture.input ?? '').trim();
    if (input === 'this') return { input, kind: 'this', name: 'this', fixture };
    const ref = /^ref\(\s*['"]([^'"]+)['"]\s*\)$/.exec(input);
    if (ref !== null) return { input, kind: 'ref', name: ref[1] as string, fixture };
    const source = /^source\(\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]+)['"]\s*\)$/.exec(input);
    if (source !== null) return { input, kind: 'source', name: `${source[1]}.${source[2]}`, fixture };
    throw new BadUnitTest(`the input \`${input}\` is no ref('model'), source('source', 'table') or this`);
  });
}

/** Statements that create an empty table and what holds it. */
export function createTable(relation: Relation, columns: readonly BoundColumn[]): string[] {
  const { database, schema } = relation;
  const holder = [database, schema].flatMap((part) => (part === undefined ? [] : identifier(part))).join('.');
  const definitions = columns.map(
    ({ name, type }) => `${identifier(name)} ${type === '"NULL"' ? 'INTEGER' : type}`,
  );
  return [
    ...(database === undefined ? [] : [`attach if not exists ':memory:' as ${identifier(database)}`]),
    `create schema if not exists ${holder}`,
    `create table if not exists ${relationName(relation)} (${definitions.join(', ')})`,
  ];
}

/** Statements that put a fixture's rows into a table, and the columns they name. */
export function insertRows(
  fixture: Mapping,
  table: string,
  columns: readonly BoundColumn[],
  owner: string,
  files: readonly SourceText[],
): { readonly statements: readonly string[]; readonly named: readonly string[]; readonly select?: string } {
  const rows = fixture.fixture === undefined ? fixture.rows : fixtureText(fixture, files, owner);
  if (fixture.format === 'sql') {
    if (typeof rows !== 'string')
      throw new BadUnitTest(`${owner}: with \`format: sql\`, \`rows\` is a select`);
    const select = rows.replace(/;\s*$/, '');
    return { statements: [`insert into ${table} by name (\n${select}\n)`], named: [], select };
  }
  const list =
    typeof rows === 'string' ? csvRows(rows) : ((rows ?? []) as readonly ConfigValue[]).map(mapping);
  const named = new Set<string>();
  const statements = list.map((row) => {
    const names = Object.keys(row).map((name) => columnName(name, columns, owner));
    for (const name of names) named.add(name);
    if (names.length === 0) return `insert into ${table} default values`;
    const cells = Object.values(row).map((value) => cell(value, owner));
    return `insert into ${table} (${names.map(identifier).join(', ')}) values (${cells.join(', ')})`;
  });
  return { statements, named: [...named] };
}

function columnName(name: string, columns: readonly BoundColumn[], owner: string): string {
  const found = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found) return found.name;
  const close = nearest(
    name,
    columns.map((column) => column.name),
  );
  throw new BadUnitTest(
    `${owner} has no column \`${name}\`${close === undefined ? '' : ` (did you mean \`${close}\`?)`}`,
  );
}

function cell(value: ConfigValue, owner: string): string {
  if (value === null) return 'null';
  if (typeof value === 'object') throw new BadUnitTest(`${owner}: lists and mappings need \`format: sql\``);
  return typeof value === 'string' ? literal(value) : String(value);
}

/** Rows of a CSV text: a header, then cells. */
export function csvRows(text: string, delimiter = ','): Mapping[] {
  const [header = [], ...lines] = csvCells(text, delimiter);
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name ?? '', cells[i] ?? null])));
}

/** The text of a file below `fixtures/`, by its name without folders; with dbt, its kind follows from `format`. */
function fixtureText({ fixture, format }: Mapping, files: readonly SourceText[], owner: string): string {
  const wanted = `${String(fixture)}.${format === 'sql' ? 'sql' : 'csv'}`;
  const nameOf = ({ path }: SourceText) => path.slice(path.lastIndexOf('/') + 1);
  const found = files.find((file) => nameOf(file) === wanted);
  if (found) return found.text;
  const close = nearest(wanted, files.map(nameOf));
  throw new BadUnitTest(
    `${owner}: there is no \`${wanted}\` in a folder \`fixtures\` of the test paths${close === undefined ? '' : ` (did you mean \`${close}\`?)`}`,
  );
}
