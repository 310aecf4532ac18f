import type { Analysis } from '../plan/analysis.ts';
import type { ScanRow } from '../plan/relation.ts';
import { spanText } from '../symbolic/literals.ts';
import type { ConstantInfo, Term } from '../symbolic/term.ts';

/** What the symbols of one explanation are called. */
export class Names {
  readonly #rows = new Map<string, ScanRow[]>();

  /** @param late the row that became known after the prediction time: it is called by its source alone */
  constructor(
    readonly analysis: Analysis,
    readonly late?: ScanRow,
  ) {
    if (late !== undefined) this.#rows.set(late.source.name, [late]);
  }

  /** `raw.events.loaded_at`, `another raw.events.loaded_at`, `silver_events.available_at`, `start of month of ...`. */
  symbol(symbol: number, depth = 0): string {
    const { context, rowOfSymbol } = this.analysis;
    const name = context.names[symbol] ?? `value ${symbol}`;
    const row = rowOfSymbol.get(symbol);
    if (row !== undefined) return `${this.#ordinal(row)}${name}`;
    const title = context.titles.get(symbol);
    if (title !== undefined) return title;
    const operands = context.operands.get(symbol);
    if (operands === undefined || depth > 2) return plain(name);
    const [base = name, ...rest] = name.split(' is null');
    return [this.#computed(symbol, base, operands, depth), ...rest].join(' is null');
  }

  term(term: Term, depth = 0): string {
    if (term.sort === 'bool') return 'a condition';
    if (term.constant !== undefined) return constantText(term.constant);
    const name = this.symbol(term.symbol, depth);
    if (term.offset === 0) return name;
    const by = term.sort === 'time' ? spanText(Math.abs(term.offset)) : String(Math.abs(term.offset));
    return `${name} ${term.offset < 0 ? '-' : '+'} ${by}`;
  }

  #computed(symbol: number, name: string, operands: readonly Term[], depth: number): string {
    const parts = operands.map((term) => this.term(term, depth + 1));
    const [first = ''] = parts;
    if (name.startsWith('start of') || name.startsWith('zoned start of'))
      return `${name.replace('zoned ', '')} of ${first}`;
    if (name === 'months away') {
      const months = this.analysis.context.shifted.get(symbol)?.months;
      const count = Math.abs(months ?? 0);
      const by =
        months === undefined
          ? '+ months'
          : `${months < 0 ? '-' : '+'} ${count} month${count === 1 ? '' : 's'}`;
      return `${first} ${by}`;
    }
    if (name === 'choice') return `(${parts.join(' or ')})`;
    if (/^[-+*/%|]+$/.test(name)) return `(${parts.join(` ${name} `)})`;
    return `${name}(${parts.join(', ')})`;
  }

  /** Rows of one source are told apart where there are several. */
  #ordinal(row: ScanRow): string {
    const known = this.#rows.get(row.source.name) ?? [];
    if (!known.includes(row)) known.push(row);
    this.#rows.set(row.source.name, known);
    const place = known.indexOf(row);
    return place === 0 ? '' : place === 1 ? 'another ' : `a ${place + 1}th `.replace('3th', '3rd');
  }
}

function plain(name: string): string {
  if (name === 'choice') return 'a value that was chosen';
  return /^[-+*/%|]+$/.test(name) ? 'a computed number' : name;
}

function constantText(constant: ConstantInfo): string {
  if (constant.kind === 'text') return `'${constant.value}'`;
  if (constant.kind === 'number') return String(constant.value);
  const { months, days, micros } = constant.value;
  const parts = [months === 0 ? '' : `${months} months`, days === 0 ? '' : `${days} days`];
  return [...parts, micros === 0 ? '' : spanText(micros)].filter((part) => part !== '').join(' ');
}
