import { rowsOf } from '../model/lemmas.ts';
import { symbolsIn } from '../model/symbols.ts';
import type { Analysis } from '../plan/analysis.ts';
import type { ScanRow } from '../plan/relation.ts';
import { withDefinitions } from '../solver/definitions.ts';
import type { Model } from '../solver/outcome.ts';
import type { Formula } from '../symbolic/formula.ts';
import { DAY, sortOf, type Term } from '../symbolic/term.ts';
import type { TinyDatabase } from './database.ts';
import { type Cell, cellOf, NULL, textCell } from './values.ts';

/** Convenient prediction times: where nothing forbids it, witnesses are about these days. Months of all lengths. */
export const USUAL_MOMENTS = [Date.UTC(2024, 5, 1), Date.UTC(2024, 7, 1), Date.UTC(2024, 2, 1)].map(
  (ms) => ms * 1000,
);
const USUAL_MOMENT = USUAL_MOMENTS[0] as number;

/** Where in its bounds a value is chosen. */
export type Preference = 'usual' | 'latest' | 'earliest';

/** Values for a model: the usual prediction time, and small numbers, as far as the bounds allow. */
export function usualValue(
  analysis: Analysis,
  moment: number = USUAL_MOMENT,
  preference: Preference = 'usual',
): (low: number, high: number, symbol: number) => number {
  return (low, high, symbol) => {
    const row = analysis.rowOfSymbol.get(symbol);
    const isTime = symbol === 1 || (row !== undefined && isTimeSymbol(row, symbol));
    if (symbol !== 1 && preference === 'latest' && Number.isFinite(high)) return high;
    if (symbol !== 1 && preference === 'earliest' && Number.isFinite(low)) return low;
    const wanted = isTime ? moment : 1;
    return Math.max(low, Math.min(high, wanted));
  };
}

function isTimeSymbol(row: ScanRow, symbol: number): boolean {
  for (const [column, term] of row.cells) {
    if (term.sort !== 'bool' && term.symbol === symbol)
      return sortOf(row.source.columns[column]?.type ?? '') === 'time';
  }
  return false;
}

/** The rows that a satisfying model describes, as a database to run. Cells it says nothing of get plain values. */
export function databaseOf(analysis: Analysis, formulas: readonly Formula[], model: Model): TinyDatabase {
  const symbols = symbolsIn(withDefinitions(analysis.context, formulas));
  const literals = analysis.context.literals();
  const tables = new Map<string, Cell[][]>();
  const moment = model.integers.get(1) ?? USUAL_MOMENT;
  for (const [index, row] of rowsOf(analysis, symbols).entries()) {
    const cells = row.source.columns.map(({ type, name }, column) => {
      const term = row.cells.get(column);
      const known = term === undefined ? undefined : cellFrom(model, term, type, literals);
      return known ?? plainCell(row, type, name, column, index, moment);
    });
    const rows = tables.get(row.source.uniqueId) ?? [];
    // Two symbolic rows with one key, or nothing to tell them apart, are one row.
    const columns = [...row.source.keys, row.source.columns.map((_, column) => column)];
    const isSame = (other: readonly Cell[]): boolean =>
      columns.some((key) => key.every((column) => other[column]?.sql === cells[column]?.sql));
    if (!rows.some(isSame)) rows.push(cells);
    tables.set(row.source.uniqueId, rows);
  }
  return tables;
}

function cellFrom(
  model: Model,
  term: Term,
  type: string,
  literals: ReadonlyMap<number, string>,
): Cell | undefined {
  if (term.sort === 'bool') {
    const value = truth(model, term.isTrue);
    const isFalse = truth(model, term.isFalse);
    if (value === undefined && isFalse === undefined) return undefined;
    return value === true ? cellOf(type, 1) : isFalse === true ? cellOf(type, 0) : NULL;
  }
  if (truth(model, term.isNull) === true) return NULL;
  const value = model.integers.get(term.symbol);
  if (value === undefined) return undefined;
  if (term.sort === 'text') return textCell(literals.get(value) ?? `s${value}`);
  return cellOf(type, value + term.offset);
}

/** A formula's truth in the model; undefined where it is left open. */
function truth(model: Model, formula: Formula): boolean | undefined {
  switch (formula.kind) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'bool': {
      const value = model.booleans.get(formula.symbol);
      return value === undefined ? undefined : value === formula.positive;
    }
    case 'le':
      return undefined;
    case 'and':
    case 'or': {
      const values = formula.items.map((item) => truth(model, item));
      const decisive = formula.kind === 'or';
      if (values.includes(decisive)) return decisive;
      return values.includes(undefined) ? undefined : !decisive;
    }
  }
}

function plainCell(
  row: ScanRow,
  type: string,
  name: string,
  column: number,
  index: number,
  moment: number,
): Cell {
  const isKey = row.source.keys.some((key) => key.length === 1 && key[0] === column);
  if (sortOf(type) === 'time') return cellOf(type, moment - 100 * DAY);
  if (sortOf(type) === 'int') return cellOf(type, isKey ? 1000 + index : 1);
  if (type === 'VARCHAR') return textCell(isKey ? `${name} ${index}` : 'a');
  return cellOf(type, 2 ** index + 0.5);
}

/** The database with an older companion for every row: what changes a group needs one that was there before. */
export function withCompanions(database: TinyDatabase, analysis: Analysis): TinyDatabase {
  const sources = new Map(analysis.rows.map(({ source }) => [source.uniqueId, source]));
  return new Map(
    [...database].map(([id, rows]) => {
      const source = sources.get(id);
      if (source === undefined) return [id, rows];
      const single = new Set(source.keys.flatMap((key) => (key.length === 1 ? key : [])));
      const older = rows.map((row, index) =>
        row.map((cell, column) => {
          const type = source.columns[column]?.type ?? '';
          if (cell.shown === null) return cell;
          if (single.has(column)) return sortOf(type) === 'int' ? cellOf(type, 5000 + index) : cell;
          if (sortOf(type) !== 'time' || source.keys.some((key) => key.includes(column))) return cell;
          return { sql: `(${cell.sql} - interval '20 days')::${type}`, shown: cell.shown };
        }),
      );
      return [id, source.keys.some((key) => key.length > 1) ? rows : [...rows, ...older]];
    }),
  );
}
