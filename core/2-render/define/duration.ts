/** A length of time: hours, days, weeks or calendar months. */
export type Duration = `${number}${'h' | 'd' | 'w' | 'mo'}`;

/** A length that is the same at every instant, so that time can be cut into pieces of it. */
export type FixedDuration = `${number}${'h' | 'd' | 'w'}`;

export interface ParsedDuration {
  readonly count: number;
  readonly unit: 'hour' | 'day' | 'month';
  /** Microseconds; of a month, those of its longest. For comparing and bucketing. */
  readonly longest: number;
}

const hour = 3_600_000_000;

/** Undefined for anything that is no positive whole number of hours, days, weeks or months. */
export function parseDuration(text: string): ParsedDuration | undefined {
  const match = /^([1-9]\d{0,4})(h|d|w|mo)$/.exec(text);
  if (match === null) return undefined;
  const count = Number(match[1]);
  switch (match[2]) {
    case 'h':
      return { count, unit: 'hour', longest: count * hour };
    case 'd':
      return { count, unit: 'day', longest: count * 24 * hour };
    case 'w':
      return { count: count * 7, unit: 'day', longest: count * 7 * 24 * hour };
    default:
      return { count, unit: 'month', longest: count * 31 * 24 * hour };
  }
}

/** Twice, three times... a duration. */
export function times(duration: ParsedDuration, factor: number): ParsedDuration {
  return { ...duration, count: duration.count * factor, longest: duration.longest * factor };
}

/** `interval 30 day` */
export function intervalText({ count, unit }: ParsedDuration): string {
  return `interval ${count} ${unit}`;
}
