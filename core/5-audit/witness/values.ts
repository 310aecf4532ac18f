import type { JsonValue } from '../report.ts';

/** A cell of a replayed row: what the engine inserts and what the report shows. */
export interface Cell {
  readonly sql: string;
  readonly shown: JsonValue;
}

export const NULL: Cell = { sql: 'null', shown: null };

/** A value of a column's type from an integer: microseconds for times, the number itself for others. */
export function cellOf(type: string, value: number): Cell {
  const base = type.toUpperCase().replace(/\(.*/s, '').trim();
  if (base === 'DATE') {
    const text = timeText(Math.floor(value / 86_400_000_000) * 86_400_000_000).slice(0, 10);
    return { sql: `date '${text}'`, shown: text };
  }
  if (base.startsWith('TIMESTAMP')) {
    const zoned = base === 'TIMESTAMP WITH TIME ZONE' || base === 'TIMESTAMPTZ';
    const text = timeText(value);
    return { sql: zoned ? `timestamptz '${text}+00'` : `cast('${text}' as ${type})`, shown: text };
  }
  if (base === 'BOOLEAN') return { sql: value === 0 ? 'false' : 'true', shown: value !== 0 };
  if (base === 'VARCHAR') return textCell(`s${value}`);
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)$/.test(base))
    return { sql: `${Math.round(value)}`, shown: Math.round(value) };
  if (/^(DOUBLE|FLOAT|REAL|DECIMAL|NUMERIC)$/.test(base))
    return { sql: `cast(${value} as ${type})`, shown: value };
  if (base.endsWith('[]')) return { sql: `cast(['a', 'b'] as ${type})`, shown: ['a', 'b'] };
  return { sql: `try_cast('${value}' as ${type})`, shown: value };
}

export function textCell(text: string): Cell {
  return { sql: `'${text.replaceAll("'", "''")}'`, shown: text };
}

/** `2024-01-31 00:00:00[.ffffff]` */
export function timeText(micros: number): string {
  const clamped = Math.max(-2_208_988_800_000_000, Math.min(micros, 4_102_444_800_000_000));
  const millis = Math.floor(clamped / 1000);
  const rest = clamped - millis * 1000;
  const [date, time] = new Date(millis).toISOString().slice(0, 23).split('T') as [string, string];
  const fraction = `${time.slice(9)}${String(rest).padStart(3, '0')}`.replace(/0+$/, '');
  return `${date} ${time.slice(0, 8)}${fraction === '' ? '' : `.${fraction}`}`;
}
