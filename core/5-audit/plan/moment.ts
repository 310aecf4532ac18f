import type { Context } from '../symbolic/context.ts';
import type { Formula } from '../symbolic/formula.ts';
import { isZonedType, type ScalarTerm } from '../symbolic/term.ts';
import { rezone } from '../symbolic/time.ts';

/** Whether there are instants with a zone among availabilities, and among prediction times. */
export interface ZonedInstants {
  readonly availabilities: boolean;
  readonly predictionTimes: boolean;
}

/**
 * The prediction time as availabilities are compared with it. DuckDB compares a TIMESTAMP with a TIMESTAMPTZ by the session's
 * zone, and nobody knows that when the proof is made: it lies some hours away from p, and only what the model compares in
 * the same way is known to be the same.
 */
export class Moment {
  constructor(
    readonly context: Context,
    readonly zoned: ZonedInstants,
  ) {}

  /** p where it stands beside an availability of the type. */
  beside(type: string): ScalarTerm {
    if (isZonedType(type)) return this.#instant;
    return this.zoned.predictionTimes ? this.#wallClock : this.context.moment;
  }

  /** The term, a model's prediction time, is p. */
  is(term: ScalarTerm, type: string): Formula {
    const { context } = this;
    const { f } = context;
    const facts = [f.not(term.isNull), context.sameValue(term, context.moment)];
    const zoned = isZonedType(type);
    if (this.zoned.availabilities) {
      facts.push(context.sameValue(zoned ? term : rezone(context, term, 'session time zone'), this.#instant));
    }
    // The wall clock of an instant is ambiguous where clocks are put back: nothing equals it.
    if (this.zoned.predictionTimes && !zoned) facts.push(context.sameValue(term, this.#wallClock));
    return f.and(...facts);
  }

  get #instant(): ScalarTerm {
    return rezone(this.context, this.context.moment, 'session time zone');
  }

  get #wallClock(): ScalarTerm {
    return rezone(this.context, this.context.moment, 'session time zone, as a wall clock');
  }
}
