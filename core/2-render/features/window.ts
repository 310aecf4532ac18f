import { intervalText, type ParsedDuration, parseDuration } from '../define/duration.ts';
import type { FeatureView } from '../define/feature-view.ts';
import { quoteName } from '../typed/keywords.ts';
import { refuse } from '../typed/problem.ts';

/**
 * A stretch of time before the prediction time: from `start` to `end` before it. No start is all of the history; each
 * is a sum of durations, since months and days do not add up.
 */
export interface Range {
  readonly start: readonly ParsedDuration[] | undefined;
  readonly end: readonly ParsedDuration[];
}

/** The SQL of a view's names: columns of the rows (`d`), of the spine (`s`), and bounds of ranges. */
export class Clock {
  readonly predictionTime: string;
  readonly time: string;
  readonly availableAt: string;

  constructor(readonly view: FeatureView) {
    this.predictionTime = `s.${quoteName(view.predictionTime)}`;
    this.time = `d.${quoteName(view.time)}`;
    this.availableAt = `d.${quoteName(view.availableAt)}`;
  }

  /** Instants before the prediction time that conditions compare with: the name and SQL of each. */
  readonly instants = new Map<string, string>();

  /**
   * An instant before the prediction time, by name: it is computed once per row of the spine. Left in the condition it
   * would be computed for every pair of rows, which costs more than all the rest.
   */
  before(durations: readonly ParsedDuration[]): string {
    if (durations.length === 0) return this.predictionTime;
    const name = `_before_${durations.map(({ count, unit }) => `${count}_${unit}`).join('_and_')}`;
    this.instants.set(name, less(quoteName(this.view.predictionTime), durations));
    return `s.${name}`;
  }

  /** Rows at or after a range's start. */
  lower(start: readonly ParsedDuration[]): string {
    return `${this.time} ${this.view.edges === '(]' ? '>' : '>='} ${this.before(start)}`;
  }

  /** Rows before a range's end. Ranges that meet share no row: only the prediction time itself may be within. */
  upper(end: readonly ParsedDuration[]): string {
    const { edges } = this.view;
    const isClosed = edges === '(]' || (edges === '[]' && end.length === 0);
    return `${this.time} ${isClosed ? '<=' : '<'} ${this.before(end)}`;
  }

  /** The bounds that the join of all features does not have already. */
  boundsOf(range: Range, join: Range): string[] {
    const conditions: string[] = [];
    if (range.start !== undefined) {
      const lower = this.lower(range.start);
      if (join.start === undefined || lower !== this.lower(join.start)) conditions.push(lower);
    }
    if (range.end.length > 0) conditions.push(this.upper(range.end));
    return conditions;
  }

  /** Number of the period, counted back from the prediction time, that a row lies in: 0 is the last one. */
  pieceNumber(period: ParsedDuration): string {
    const age = `epoch_us(${this.predictionTime}) - epoch_us(${this.time}::timestamp)`;
    switch (this.view.edges) {
      case '[)':
        return `(${age} - 1) // ${period.longest}`;
      case '(]':
        return `(${age}) // ${period.longest}`;
      case '[]':
        return `greatest(${age} - 1, 0) // ${period.longest}`;
    }
  }
}

/** An instant less durations, as SQL. */
export function less(instant: string, durations: readonly ParsedDuration[]): string {
  return [instant, ...durations.map(intervalText)].join(' - ');
}

/** A duration that a user wrote; `where` says of what. */
export function durationOf(text: string, where: string): ParsedDuration {
  return parseDuration(text) ?? refuse('CH254', { where, text });
}

/** The range that a join needs to hold all of these; months count as their longest, so that none is cut. */
export function widest(ranges: readonly Range[]): Range {
  let most: ParsedDuration = { count: 0, unit: 'day', longest: 0 };
  for (const { start } of ranges) {
    if (start === undefined) return { start: undefined, end: [] };
    const longest = start.reduce((sum, duration) => sum + duration.longest, 0);
    if (longest <= most.longest) continue;
    const [only] = start;
    const isPlain = start.length === 1 && only !== undefined && only.unit !== 'month';
    most = isPlain ? only : { count: longest / 3_600_000_000, unit: 'hour', longest };
  }
  return { start: [most], end: [] };
}

/** Whether a range begins and ends with a day where the prediction time does. */
export function isOfDays({ start, end }: Range): boolean {
  return start !== undefined && [...start, ...end].every(({ unit }) => unit !== 'hour');
}

/** `30 days`, for the window claim of a column; undefined for months and for all of the history. */
export function windowWords({ start }: Range): string | undefined {
  if (start === undefined || start.some(({ unit }) => unit === 'month')) return undefined;
  const hours = start.reduce((sum, { longest }) => sum + longest, 0) / 3_600_000_000;
  return hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
}
