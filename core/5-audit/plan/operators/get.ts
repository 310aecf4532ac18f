import type { GetOperator } from '../../../sql/index.ts';
import type { Formula } from '../../symbolic/formula.ts';
import type { Term } from '../../symbolic/term.ts';
import { type Analysis, type Scope, Unreadable } from '../analysis.ts';
import type { Derivation, Rules } from '../derivation.ts';
import { keyFact } from '../facts.ts';
import { mapKeys } from '../keys.ts';
import { presence, replacement } from '../moves.ts';
import type { Key, Move, ReadStep, Row, SourceFacts } from '../relation.ts';

/**
 * A scan. Rows of a source come with their availability; an upstream model is read through its own plan, so
 * that a leak inside it is found here and its path is told.
 */
export const getRules: Rules<GetOperator> = {
  row: (derive, node) => {
    const found = resolve(derive, node);
    if (found.kind === 'source') return sourceRow(derive.analysis, node, found.source);
    const row = derive.row(found.model.plan, scopeOf(found.model));
    entitle(derive, found.model, row.columns);
    return { columns: pick(derive, node, row.columns), facts: row.facts };
  },
  moves: (derive, node, scope) => {
    const moves = tableMoves(derive, node, scope);
    return [...moves, ...moves.flatMap((move) => renumbering(derive, node, move, scope))];
  },
  keys: (derive, node) => {
    const found = resolve(derive, node);
    const keys =
      found.kind === 'source'
        ? declaredKeys(derive.analysis, found.source)
        : derive.keys(found.model.plan, scopeOf(found.model));
    return mapKeys(keys, (column) => node.columns.indexOf(column));
  },
  width: (_derive, node) => node.columns.length,
};

function tableMoves(derive: Derivation, node: GetOperator, scope: Scope): readonly Move[] {
  const found = resolve(derive, node);
  if (found.kind === 'source') return sourceMoves(derive.analysis, node, found.source, scope);
  const { model } = found;
  const { analysis } = derive;
  const known = analysis.modelMoves.get(model.uniqueId);
  const moves = known ?? analysis.collect(() => derive.moves(model.plan, scopeOf(model)));
  analysis.modelMoves.set(model.uniqueId, moves);
  if (known === undefined) for (const move of moves.value) entitle(derive, model, move.after);
  analysis.rest(moves.facts);
  return moves.value.flatMap((move) => readThrough(derive, node, move, scope));
}

/** `rowid` is a row's place in the table: when any row comes or goes, every other row may get another one. */
function renumbering(derive: Derivation, node: GetOperator, move: Move, scope: Scope): Move[] {
  if (!node.columns.includes(undefined)) return [];
  const { context } = derive.analysis;
  const row = derive.row(node, scope);
  const after = row.columns.map((term, place) =>
    node.columns[place] === undefined ? context.unknown('BIGINT', 'rowid otherwise', false) : term,
  );
  const other = { origin: move.origin, indirect: true };
  const moved = replacement(context, other, row.columns, after, [...row.facts, ...move.facts]);
  return moved === undefined ? [] : [moved];
}

function resolve({ analysis }: Derivation, node: GetOperator) {
  const found = analysis.resolve(node.catalog, node.schema, node.table);
  if (found === undefined)
    throw new Unreadable(`${node.schema}.${node.table} is neither a source nor a model`);
  return found;
}

/** Keys of a source, without those that are withheld. */
function declaredKeys({ withheld }: Analysis, source: SourceFacts): Key[] {
  return source.keys
    .map((columns) => ({ columns, facts: [keyFact(source, columns)] }))
    .filter(({ facts }) => !facts.some((fact) => withheld.has(fact)));
}

/** Computed values are called by the model's columns. */
function entitle({ analysis }: Derivation, model: Scope['model'], columns: readonly Term[]): void {
  for (const [index, term] of columns.entries()) {
    if (term.sort === 'bool' || analysis.rowOfSymbol.has(term.symbol)) continue;
    analysis.context.entitle(term, `${model.name}.${model.columns[index]}`);
  }
}

function scopeOf(model: Scope['model']): Scope {
  return { ctes: new Map(), model };
}

function pick({ analysis }: Derivation, node: GetOperator, columns: readonly Term[]): Term[] {
  return node.columns.map((column) =>
    column === undefined ? analysis.context.unknown('BIGINT', 'rowid', false) : (columns[column] as Term),
  );
}

/** Any row: cells that are known later than it may still read as NULL. */
function sourceRow(analysis: Analysis, node: GetOperator, source: SourceFacts): Row {
  const { context } = analysis;
  const { f } = context;
  const row = analysis.scan(source);
  const columns = node.columns.map((column) => {
    if (column === undefined) return context.unknown('BIGINT', 'rowid', false);
    const availability = source.columns[column]?.availableAt;
    if (availability === undefined) return row.cell(column);
    const masked = context.symbol(`${source.name}.${source.columns[column]?.name} not yet known`);
    context.define(masked, f.implies(f.bool(masked), analysis.unknownAtP(row, availability)));
    return context.nullUnless(f.bool(masked, false), row.cell(column));
  });
  return { columns, facts: [] };
}

/** A row that was unknown at p appears; a cell that was unknown at p, in a row that was not, is filled in. */
function sourceMoves(analysis: Analysis, node: GetOperator, source: SourceFacts, scope: Scope): Move[] {
  if (source.constant) return [];
  const { context } = analysis;
  const { f } = context;
  const path = [scope.model.name, source.name];
  const reads = [readStep(scope, node)];
  const row = analysis.scan(source);
  const columns = node.columns.map((column) =>
    column === undefined ? context.unknown('BIGINT', 'rowid', false) : row.cell(column),
  );
  const unknown = analysis.unknownAtP(row, source.availableAt);
  const moves: Move[] = [presence({ origin: { kind: 'row', row, unknown, path, reads } }, '+', columns, [])];
  for (const [place, column] of node.columns.entries()) {
    const availability = column === undefined ? undefined : source.columns[column]?.availableAt;
    if (column === undefined || availability === undefined) continue;
    const seen = sourceRow(analysis, node, source);
    const cellRow = analysis.rows.at(-1);
    if (cellRow === undefined) continue;
    const filled: Term[] = [...seen.columns];
    const empty: Term[] = [...seen.columns];
    filled[place] = cellRow.cell(column);
    empty[place] = context.nullUnless(f.false, cellRow.cell(column));
    const origin = {
      kind: 'cell' as const,
      row: cellRow,
      column,
      unknown: f.and(
        analysis.unknownAtP(cellRow, availability),
        source.availableAt === undefined ? f.true : f.not(analysis.unknownAtP(cellRow, source.availableAt)),
      ),
      path: [scope.model.name, `${source.name}.${source.columns[column]?.name}`],
      reads,
    };
    const move = replacement(context, { origin }, empty, filled, []);
    if (move !== undefined) moves.push(move);
  }
  return moves;
}

function readStep({ model }: Scope, { table }: GetOperator): ReadStep {
  return { model, table, place: model.placeOfTable(table) };
}

/** An upstream model's move, seen by its reader: only the columns read, and a longer path. */
function readThrough(derive: Derivation, node: GetOperator, move: Move, scope: Scope): Move[] {
  const { context } = derive.analysis;
  const after = pick(derive, node, move.after);
  const origin = {
    ...move.origin,
    path: [scope.model.name, ...move.origin.path],
    reads: [readStep(scope, node), ...move.origin.reads],
  };
  if (move.sign !== '~') {
    const anchored = new Set(
      node.columns.flatMap((column, place) =>
        column !== undefined && move.anchored.has(column) ? [place] : [],
      ),
    );
    return [
      presence({ origin, indirect: move.indirect }, move.sign, after, move.facts, {
        anchored,
        net: move.net,
        paired: move.paired,
      }),
    ];
  }
  const before = node.columns.map((column, place) =>
    column === undefined ? (after[place] as Term) : (move.before[column] as Term),
  );
  const changed = node.columns.map(
    (column): Formula => (column === undefined ? context.f.false : (move.changed[column] as Formula)),
  );
  if (changed.every(({ id }) => id === context.f.false.id)) return [];
  return [{ ...move, before, after, changed, origin }];
}
