import type { Analysis } from '../plan/analysis.ts';
import type { Formula } from '../symbolic/formula.ts';
import { spanText } from '../symbolic/literals.ts';
import { timeText } from '../witness/values.ts';

/** A formula in words: `raw.events.loaded_at <= prediction_time - 1 day`. Rows of one source are numbered. */
export function formulaText(analysis: Analysis, formula: Formula): string {
  switch (formula.kind) {
    case 'true':
      return 'always';
    case 'false':
      return 'never';
    case 'bool': {
      const name = nameOf(analysis, formula.symbol);
      return formula.positive
        ? name
        : name.endsWith(' is null')
          ? name.replace(/ is null$/, ' is not null')
          : `not (${name})`;
    }
    case 'le':
      return differenceText(analysis, formula.x, formula.y, formula.c);
    case 'and':
    case 'or': {
      const shown = formula.items.slice(0, 6).map((item) => {
        const text = formulaText(analysis, item);
        return item.kind === 'and' || item.kind === 'or' ? `(${text})` : text;
      });
      const rest = formula.items.length > 6 ? [`... ${formula.items.length - 6} more`] : [];
      return [...shown, ...rest].join(` ${formula.kind} `);
    }
  }
}

function differenceText(analysis: Analysis, x: number, y: number, c: number): string {
  const [left, right] = [nameOf(analysis, x), nameOf(analysis, y)];
  const absolute = (value: number): string =>
    Math.abs(value) > 1e14 ? timeText(value) : (analysis.context.literals().get(value) ?? String(value));
  if (y === 0) return `${left} <= ${absolute(c)}`;
  if (x === 0) return `${right} >= ${absolute(-c)}`;
  if (c === 0) return `${left} <= ${right}`;
  if (c === -1) return `${left} < ${right}`;
  return c > 0 ? `${left} <= ${right} + ${spanText(c)}` : `${left} <= ${right} - ${spanText(-c)}`;
}

/** What a computed value is called: two of them must be told apart, and `+` is no name. */
const computed: Readonly<Record<string, string>> = {
  '+': 'sum',
  '-': 'difference',
  '*': 'product',
  '/': 'quotient',
};

/** A symbol's name: a second row of the same source is `raw.events#2`, a computed value `sum#7`. */
function nameOf(analysis: Analysis, symbol: number): string {
  const name = analysis.context.names[symbol] ?? `symbol ${symbol}`;
  const row = analysis.rowOfSymbol.get(symbol);
  if (row === undefined) {
    const [base = name, ...rest] = name.split(' is ');
    const called = computed[base] ?? base;
    const known = called === 'prediction_time' || called.includes('.');
    return [known ? called : `${called}#${symbol}`, ...rest].join(' is ');
  }
  return name.replace(row.source.name, `${row.source.name}#${row.id}`);
}
