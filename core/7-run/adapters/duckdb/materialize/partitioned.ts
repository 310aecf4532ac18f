import type { RenderedNode } from '../../../../2-render/index.ts';
import type { PartInput } from '../../../plan/inputs.ts';
import type { MaterializeContext } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { identifier } from '../quote.ts';

/** A model that grows by prediction times, and the names of its run's temporary tables. */
export interface Partitioned {
  readonly context: MaterializeContext;
  readonly inputs: readonly PartInput[];
  readonly spine: PartInput;
  readonly name: string;
  readonly entity: readonly string[];
  /** The prediction time's column, quoted. */
  readonly time: string;
  /** Columns that rows are written to. */
  readonly columns: readonly string[];
  readonly temp: Temporary;
}

interface Temporary {
  readonly times: string;
  readonly due: string;
  /** Prediction times built before that this run leaves alone, unless they are restated. */
  readonly past: string;
  readonly seen: string;
  readonly changed: string;
  readonly again: string;
  readonly late: string;
}

export function namesOf({ relation }: RenderedNode): Temporary {
  const name = (what: string) => `temp.main.${identifier(`${relation.identifier}__churn_${what}`)}`;
  return {
    times: name('times'),
    due: name('due'),
    past: name('past'),
    seen: name('seen'),
    changed: name('changed'),
    again: name('again'),
    late: name('late'),
  };
}

/** Statements whose rows are no rows of the model. */
export function quiet(statements: readonly string[]): Statement[] {
  return statements.map((sql) => ({ sql, countsRows: false }));
}
