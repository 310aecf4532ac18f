import type {
  DelimGetOperator,
  DummyScanOperator,
  EmptyOperator,
  TableFunctionOperator,
  ValuesOperator,
} from '../../../sql/index.ts';
import type { Term } from '../../symbolic/term.ts';
import type { Rules } from '../derivation.ts';
import { ownKey } from '../keys.ts';
import { argumentMoves, volatileMoves } from './volatile.ts';

/** Of more written rows nothing is known: each is a case of its own to the solver, and proofs rest on conditions instead. */
const MOST_ROWS = 16;

type Leaf = DummyScanOperator | ValuesOperator | EmptyOperator | TableFunctionOperator | DelimGetOperator;

/** Rows that no source decides: constants, generated series, and the row a correlated subquery is for. */
export const leafRules: Rules<Leaf> = {
  row: ({ analysis }, node, scope) => {
    const { context } = analysis;
    switch (node.kind) {
      case 'dummy':
        return { columns: [context.null('INTEGER')], facts: [] };
      case 'delim get': {
        const columns = scope.correlated;
        if (columns === undefined || columns.length !== node.types.length) {
          return { columns: node.types.map((type) => context.unknown(type, 'correlated', true)), facts: [] };
        }
        return { columns, facts: [] };
      }
      case 'empty':
        return { columns: node.types.map((type) => context.null(type)), facts: [context.f.false] };
      case 'table function':
        return { columns: node.types.map((type) => context.unknown(type, node.name, true)), facts: [] };
      case 'values': {
        const rows = node.rows.map((row) => row.map((expression) => analysis.value(expression, [])));
        const [only] = rows;
        if (rows.length === 1 && only !== undefined) return { columns: only, facts: [] };
        const columns = node.types.map((type) => context.unknown(type, 'value', true));
        const isRow = (row: readonly Term[]) =>
          context.f.and(...columns.map((column, index) => context.same(column, row[index] as Term)));
        return { columns, facts: rows.length > MOST_ROWS ? [] : [context.f.or(...rows.map(isRow))] };
      }
    }
  },
  moves: (derive, node, scope) => {
    if (node.kind === 'values') return volatileMoves(derive, node, scope, node.rows.flat());
    return node.kind === 'table function' ? argumentMoves(derive, node, scope) : [];
  },
  keys: (_derive, node) => (node.kind === 'dummy' || node.kind === 'delim get' ? [ownKey([])] : []),
  width: (_derive, node) => (node.kind === 'dummy' ? 1 : node.types.length),
};
