import type { Interval } from '#ml';
import { count } from '../render/words.ts';

/** `0.412`; `—` for what is undefined. */
export function decimal(value: number | undefined, digits = 3): string {
  return value === undefined || Number.isNaN(value) ? '—' : value.toFixed(digits);
}

/** `41.2 %`, in one piece. */
export function percent(value: number | undefined, digits = 1): string {
  return value === undefined || Number.isNaN(value) ? '—' : `${(100 * value).toFixed(digits)}\u00a0%`;
}

/** `0.412 (0.398–0.427)`; the value alone where there is no interval. */
export function interval({ value, low, high }: Interval, digits = 3): string {
  if (Number.isNaN(value) || low === high) return decimal(value, digits);
  return `${decimal(value, digits)} (${decimal(low, digits)}–${decimal(high, digits)})`;
}

/** `12,345` of a number that is a whole in meaning. */
export function whole(value: number): string {
  return count(Math.round(value));
}

/** At most four significant digits, without an exponent for everyday numbers. */
export function significant(value: number): string {
  if (Number.isInteger(value)) return count(value);
  const text = Math.abs(value) >= 1000 ? Math.round(value).toString() : value.toPrecision(3);
  return text.includes('e') ? text : String(Number(text));
}

/** `2024-01 to 2024-03` where all days are the first of a month; otherwise as it is. */
export function months(period: string): string {
  const days = period.split(' to ');
  return days.every((day) => /^\d{4}-\d{2}-01$/.test(day))
    ? days.map((day) => day.slice(0, 7)).join(' to ')
    : period;
}
