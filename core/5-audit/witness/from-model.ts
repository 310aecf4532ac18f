import { rowsOf } from '../model/lemmas.ts';
import { symbolsIn } from '../model/prove.ts';
import type { Analysis } from '../plan/analysis.ts';
import type { ScanRow } from '../plan/relation.ts';
import type { Model } from '../solver/solve.ts';
import { withDefinitions } from '../solver/solve.ts';
import type { Formula } from '../symbolic/formula.ts';
import { DAY, sortOf, type Term } from '../symbolic/term.ts';
import type { TinyDatabase } from './database.ts';
import { type Cell, cellOf, NULL, textCell } from './values.ts';

/** A convenient prediction time: where nothing forbids it, witnesses are about this day. */
export const USUAL_MOMENT = Date.UTC(2024, 5, 1) * 1000;

/** Values for a model: the usual prediction time, and small numbers, as far as the bounds allow. */
export function usualValue(analysis: Analysis): (low: number, high: number, symbol: number) => number {
  return (low, high, symbol) => {
    const row = analysis.rowOfSymbol.get(symbol);
    const isTime = symbol === 1 || (row !== undefined && isTimeSymbol(row, symbol));
    const wanted = isTime ? USUAL_MOMENT : 1;
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
    const text = cells.map(({ sql }) => sql).join();
    if (!rows.some((other) => other.map(({ sql }) => sql).join() === text)) rows.push(cells);
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
  if (sortOf(type) === 'time') return cellOf(type, moment - 10 * DAY);
  if (sortOf(type) === 'int') return cellOf(type, isKey ? 1000 + index : 1);
  if (type === 'VARCHAR') return textCell(isKey ? `${name} ${index}` : 'a');
  return cellOf(type, 2 ** index + 0.5);
}
