export const batchSizes = ['hour', 'day', 'month', 'year'] as const;
export type BatchSize = (typeof batchSizes)[number];

/** A half-open range of event time, on the grid of its size, in UTC. */
export interface Batch {
  readonly start: Date;
  readonly end: Date;
}

export interface BatchRequest {
  readonly size: BatchSize;
  /** First instant to build; undefined: `lookback` batches before the current one. */
  readonly start?: Date;
  /** Instant to build up to; undefined: the end of the batch that `now` lies in. */
  readonly end?: Date;
  readonly lookback: number;
  readonly now: Date;
}

/**
 * The batches of a microbatch run, oldest first; never none: the batch of `now` is always built.
 *
 * @example batches({ size: 'day', lookback: 1, now: new Date('2024-03-02T10:00Z') }) // March 1 and March 2
 */
export function batches(request: BatchRequest): Batch[] {
  const { size, now } = request;
  const end = request.end === undefined ? step(floor(now, size), size, 1) : request.end;
  let at = floor(request.start ?? step(now, size, -request.lookback), size);
  const found: Batch[] = [];
  do {
    const next = step(at, size, 1);
    found.push({ start: at, end: next });
    at = next;
  } while (at < end);
  return found;
}

function floor(date: Date, size: BatchSize): Date {
  const [year, month, day, hour] = parts(date);
  switch (size) {
    case 'year':
      return new Date(Date.UTC(year, 0));
    case 'month':
      return new Date(Date.UTC(year, month));
    case 'day':
      return new Date(Date.UTC(year, month, day));
    case 'hour':
      return new Date(Date.UTC(year, month, day, hour));
  }
}

/** Steps from the start of a batch; from any other instant, months and years step from the batch's start. */
function step(date: Date, size: BatchSize, by: number): Date {
  const [year, month, day, hour] = parts(floor(date, size));
  switch (size) {
    case 'year':
      return new Date(Date.UTC(year + by, 0));
    case 'month':
      return new Date(Date.UTC(year, month + by));
    case 'day':
      return new Date(Date.UTC(year, month, day + by));
    case 'hour':
      return new Date(Date.UTC(year, month, day, hour + by));
  }
}

function parts(date: Date): [number, number, number, number] {
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours()];
}
