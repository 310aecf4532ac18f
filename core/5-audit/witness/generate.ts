import { DAY, HOUR } from '../symbolic/term.ts';
import type { TinyDatabase } from './database.ts';
import type { Hints } from './hints.ts';
import type { Random } from './random.ts';
import type { StagedTable } from './staging.ts';
import { type ShapedColumn, shapeOf, type TableShape } from './table-shape.ts';
import { type Cell, cellOf, NULL, textCell } from './values.ts';

/** Rows in the making: instants and numbers as integers, to be compared and moved before they become cells. */
type Draft = (number | string | null)[];

/** One random world: how many entities, what the prediction times are. */
interface World {
  /** Worlds side by side in one database share no entity and no key. */
  readonly number: number;
  readonly random: Random;
  readonly hints: Hints;
  readonly moment: number;
  readonly entities: number;
}

/**
 * A small random database (or several side by side in one) that is likely to tell a leak: keys that join, instants on the boundaries that the SQL's
 * own constants make around the prediction time, rows that happened before it and arrived after it, cells
 * filled in across it, second deliveries, ties, and NULLs where they are allowed.
 */
export function generateDatabase(
  random: Random,
  tables: readonly StagedTable[],
  hints: Hints,
  moment: number,
  worlds = 1,
): TinyDatabase {
  const made = Array.from({ length: worlds }, (_, number): World => {
    return { number, random, hints, moment, entities: 1 + random.below(4) };
  });
  return new Map(
    tables.map((table) => {
      const shape = shapeOf(table, hints);
      return [
        table.node.uniqueId,
        unique(
          made.flatMap((world) => generateTable(world, shape)),
          shape,
        ),
      ];
    }),
  );
}

/** A prediction time: often a month's or a day's first instant. */
export function generateMoment(random: Random): number {
  const month = Date.UTC(2024, random.below(12), 1) * 1000;
  if (random.chance(55)) return month;
  const day = month + random.below(28) * DAY;
  return random.chance(60) ? day : day + random.below(24) * HOUR + random.below(3) * 1_800_000_000;
}

function generateTable(world: World, shape: TableShape): Cell[][] {
  const { random, entities } = world;
  const drafts: Draft[] = [];
  // Of what describes an entity or names its prediction times, every entity has a row, most of the time.
  const count = shape.kind === 'facts' ? 1 + random.below(4 * entities) : entities + random.below(2);
  for (let index = 0; index < count; index++) {
    if (shape.kind !== 'facts' && random.chance(4)) continue;
    const previous = drafts.at(-1);
    if (previous !== undefined && shape.kind !== 'spine' && random.chance(15)) {
      drafts.push(redelivered(world, shape, previous));
    } else drafts.push(draftRow(world, shape, index));
  }
  const ordered = drafts.map((draft) => inOrder(draft, shape));
  return unique(
    ordered.map((draft) =>
      draft.map((value, place) => cellFrom(value, shape.columns[place] as ShapedColumn)),
    ),
    shape,
  );
}

function draftRow(world: World, shape: TableShape, index: number): Draft {
  const { random, moment } = world;
  const base = moment + (shape.kind === 'entities' ? early(world) : around(world));
  // What describes an entity is there before it is predicted, as a rule.
  const known =
    shape.kind === 'entities' && random.chance(75) ? base + hours(random, 30) : arrival(world, base);
  return shape.columns.map((column) => {
    if (column.nullable && random.chance(column.role === 'filled in' ? 30 : 6)) return null;
    return valueFor(world, shape, column, { index, base, known });
  });
}

/** A row's number in its table, the instant it is about, and when it became known. */
interface RowTimes {
  readonly index: number;
  readonly base: number;
  readonly known: number;
}

function valueFor(
  world: World,
  shape: TableShape,
  column: ShapedColumn,
  { index, base, known }: RowTimes,
): Draft[number] {
  const { random, hints, moment, entities } = world;
  switch (column.role) {
    case 'entity':
      if (random.chance(4)) return 100 * world.number + 1 + entities;
      return 100 * world.number + 1 + (shape.kind === 'facts' ? random.below(entities) : index % entities);
    case 'number of the row':
      return 1000 * world.number + 1 + (random.chance(12) && !column.isUnique ? 0 : index);
    case 'prediction time':
      if (random.chance(70)) return moment;
      if (random.chance(50)) return moment + random.pick(hints.offsets);
      return moment + random.pick([-31, -30, -7, -1, 1, 29, 30, 31]) * DAY;
    case 'available':
      return known;
    case 'filled in':
      if (shape.kind !== 'entities' || random.chance(15)) return arrival(world, base);
      return moment + Math.abs(random.pick(hints.offsets)) + random.pick([-1, 0, 0, 1, HOUR, -HOUR, DAY]);
    case 'instant':
      if (random.chance(70)) return base;
      return random.chance(50) ? moment + around(world) : base + hours(random, 48);
    case 'text':
      return random.pick(column.texts);
    case 'integer':
    case 'amount':
      return numberFor(random, column);
    case 'truth':
      return random.below(2);
  }
}

/** The row again, as a second delivery or a near twin: one or two cells differ. */
function redelivered({ random, moment, ...world }: World, shape: TableShape, row: Draft): Draft {
  const later = random.chance(60);
  const other = random.below(shape.columns.length);
  return row.map((value, place) => {
    const column = shape.columns[place] as ShapedColumn;
    if (column.isUnique && typeof value === 'number') return value + 100;
    if (value === null) return value;
    if (column.role === 'available' && later && typeof value === 'number') {
      return random.chance(50) ? Math.max(value, moment) + 1 + hours(random, 90) : value + hours(random, 400);
    }
    if (place !== other) return value;
    if (column.role === 'text') return random.pick(column.texts);
    if (column.role === 'integer' || column.role === 'amount') return numberFor(random, column);
    if (column.role === 'entity') return 100 * world.number + 1 + random.below(world.entities);
    return value;
  });
}

/** An offset from the prediction time: on a boundary, in the recent past, long ago, or ahead. */
function around({ random, hints }: World): number {
  const kind = random.below(100);
  if (kind < 40) {
    return random.pick(hints.offsets) + random.pick([-1, 0, 0, 0, 1, HOUR, -HOUR, DAY, -DAY]);
  }
  if (kind < 72) return -hours(random, 35 * 24);
  if (kind < 82) return -hours(random, 400 * 24);
  return hours(random, 45 * 24);
}

/** Entities were mostly there before: by a boundary of tenure, or by weeks to a year. */
function early(world: World): number {
  const { random, hints } = world;
  if (random.chance(6)) return around(world);
  if (random.chance(25))
    return -Math.abs(random.pick(hints.offsets)) + random.pick([-1, 0, 0, 1, -HOUR, HOUR, -DAY]);
  return -(10 + random.below(420)) * DAY - hours(random, 24);
}

/** When something of that instant becomes known: at once, within days, or only after the prediction time. */
function arrival({ random, moment }: World, base: number): number {
  const kind = random.below(100);
  if (kind < 25) return base;
  if (kind < 50) return base + hours(random, 40);
  if (kind < 80 && base <= moment)
    return moment + random.pick([0, 1, 1, HOUR, 12 * HOUR, DAY, 3 * DAY, 20 * DAY]);
  if (kind < 90) return base + random.below(40) * DAY;
  return moment - hours(random, 200);
}

function hours(random: Random, most: number): number {
  return random.below(most) * HOUR + (random.chance(15) ? random.below(HOUR) : 0);
}

function numberFor(random: Random, column: ShapedColumn): number {
  if (column.numbers.length > 0 && random.chance(60)) return random.pick(column.numbers);
  if (column.role === 'integer') return random.below(6);
  return random.below(40) / 4;
}

/** Instants that an axiom orders are put in order. */
function inOrder(draft: Draft, shape: TableShape): Draft {
  const fixed = [...draft];
  for (const { earlier, later, strict } of shape.orders) {
    const [a, b] = [fixed[earlier], fixed[later]];
    if (typeof a !== 'number' || typeof b !== 'number') continue;
    if (a > b) [fixed[earlier], fixed[later]] = [b, a];
    if (strict && fixed[earlier] === fixed[later]) fixed[later] = (fixed[later] as number) + 30 * DAY;
  }
  return fixed;
}

function cellFrom(value: Draft[number], { type }: ShapedColumn): Cell {
  if (value === null) return NULL;
  if (typeof value === 'string') return textCell(value);
  return type.toUpperCase() === 'VARCHAR' ? textCell(`k${value}`) : cellOf(type, value);
}

/** Rows whose key was there before are left out. */
function unique(rows: Cell[][], { keys }: TableShape): Cell[][] {
  return keys.reduce((kept, key) => {
    const seen = new Set<string>();
    return kept.filter((row) => {
      const text = key.map((place) => row[place]?.sql).join('|');
      if (seen.has(text)) return false;
      seen.add(text);
      return true;
    });
  }, rows);
}
