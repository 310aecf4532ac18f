import type { BoundColumn } from '../../4-bind/index.ts';
import type { TableNode } from '../model/catalog.ts';
import { DAY, HOUR } from '../symbolic/term.ts';
import type { TinyDatabase } from './database.ts';
import type { Hints } from './hints.ts';
import type { Random } from './random.ts';
import { type Cell, cellOf, NULL, textCell } from './values.ts';

/** What to generate rows for. */
export interface GeneratedTable {
  readonly node: TableNode;
  readonly columns: readonly BoundColumn[];
}

/**
 * A small random database: few entities, instants around a prediction time and on the boundaries that the
 * SQL's own constants make, NULLs where they are allowed, late rows, equal instants.
 */
export function generateDatabase(
  random: Random,
  tables: readonly GeneratedTable[],
  hints: Hints,
  moment: number,
): TinyDatabase {
  const database = new Map<string, Cell[][]>();
  for (const table of tables) {
    const axioms = table.node.kind === 'source' && table.node.table.axioms.length > 0;
    // Rows that break an axiom are left out afterwards.
    const count = (1 + random.below(4)) * (axioms ? 2 : 1);
    const rows: Cell[][] = [];
    for (let index = 0; index < count; index++) rows.push(generateRow(random, table, hints, moment, index));
    database.set(table.node.uniqueId, withUniqueKeys(rows, table));
  }
  return database;
}

/** A prediction time: often a month's or a day's first instant. */
export function generateMoment(random: Random): number {
  const month = Date.UTC(2024, random.below(12), 1) * 1000;
  if (random.chance(55)) return month;
  const day = month + random.below(28) * DAY;
  return random.chance(60) ? day : day + random.below(24) * HOUR + random.below(3) * 1_800_000_000;
}

function generateRow(
  random: Random,
  { node, columns }: GeneratedTable,
  hints: Hints,
  moment: number,
  index: number,
): Cell[] {
  const base = moment + pickOffset(random, hints);
  const single =
    node.kind === 'source' && node.table.primaryKey.length === 1
      ? node.table.primaryKey[0]?.value
      : undefined;
  const late = random.chance(30);
  return columns.map(({ name, type }) => {
    if (isNullable(node, name) && random.chance(12)) return NULL;
    const kind = type.toUpperCase();
    if (name === single && /INT|VARCHAR/.test(kind) && !hints.entities.has(name))
      return cellOf(type, index + 1);
    if (/^(TIMESTAMP|DATE)/.test(kind)) {
      if (hints.moments.has(name) && random.chance(70)) return cellOf(type, moment);
      const near = random.chance(35)
        ? base
        : random.chance(30)
          ? moment + pickOffset(random, hints)
          : base + random.below(72) * HOUR;
      return cellOf(type, late && random.chance(50) ? near + random.below(40) * DAY : near);
    }
    if (kind === 'VARCHAR') return textCell(random.pick(hints.texts));
    if (kind === 'BOOLEAN') return cellOf(type, random.below(2));
    if (/INT/.test(kind)) {
      if (hints.entities.has(name)) return cellOf(type, 1 + random.below(2));
      return cellOf(type, random.chance(50) ? random.pick(hints.numbers) : random.below(4));
    }
    if (/DOUBLE|FLOAT|REAL|DECIMAL|NUMERIC/.test(kind)) {
      return cellOf(type, random.chance(30) ? random.pick(hints.numbers) : 1 + random.below(40) / 4);
    }
    return cellOf(type, random.below(3));
  });
}

function pickOffset(random: Random, hints: Hints): number {
  const kind = random.below(10);
  if (kind < 3) return random.pick(hints.offsets) + random.pick([-1, 0, 0, 0, 1, HOUR, -HOUR]);
  if (kind < 6) return (random.below(120) - 80) * DAY;
  return (random.below(60 * 24) - 40 * 24) * HOUR;
}

function isNullable(node: TableNode, column: string): boolean {
  if (node.kind !== 'source') return true;
  const declared = node.table.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase());
  const isKey = node.table.primaryKey.some(({ value }) => value.toLowerCase() === column.toLowerCase());
  return !isKey && declared?.tests.some(({ test }) => test === 'not_null') !== true;
}

/** Rows whose primary key was there before are left out. */
function withUniqueKeys(rows: Cell[][], { node, columns }: GeneratedTable): Cell[][] {
  if (node.kind !== 'source') return rows;
  const keys = [
    node.table.primaryKey.map(({ value }) => value),
    ...node.table.columns
      .filter(({ tests }) => tests.some(({ test }) => test === 'unique'))
      .map(({ name }) => [name]),
  ].filter((key) => key.length > 0);
  return keys.reduce((kept, key) => {
    const places = key.map((name) =>
      columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase()),
    );
    const seen = new Set<string>();
    return kept.filter((row) => {
      const text = places.map((place) => row[place]?.sql).join('|');
      if (seen.has(text)) return false;
      seen.add(text);
      return true;
    });
  }, rows);
}
