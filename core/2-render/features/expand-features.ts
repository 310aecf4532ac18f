import { times } from '../define/duration.ts';
import type { Feature, FeatureOptions, FeatureTerm } from '../define/feature.ts';
import { refuse } from '../typed/problem.ts';
import { durationOf, type Range } from './window.ts';

/** A feature of one window: one column. */
export interface Expanded {
  readonly name: string;
  /** The entry of `features` it comes from. */
  readonly entry: string;
  readonly term: FeatureTerm;
  readonly options: FeatureOptions;
  readonly window: string | undefined;
  readonly range: Range;
}

/** The range of features that read no rows of their own. */
export const everything: Range = { start: undefined, end: [] };

/** The columns that an entry of `features` becomes: one per window. @throws RenderError */
export function expand(entry: string, { term, options }: Feature<string, unknown>): Expanded[] {
  const where = `the feature \`${entry}\``;
  if (options.offset !== undefined && term.kind !== 'windows' && term.kind !== 'since') {
    refuse('CH257', {
      problem: `${where} cannot have an offset`,
      fix: 'Offsets go with windows: `sum(...).over(...).offset(...)`.',
    });
  }
  const one = (range: Range, window?: string, suffix = ''): Expanded => ({
    name: entry + suffix,
    entry,
    term,
    options,
    window,
    range,
  });
  switch (term.kind) {
    case 'windows':
    case 'since': {
      const end = options.offset === undefined ? [] : [durationOf(options.offset, where)];
      return term.windows.map((window) =>
        window === 'all'
          ? one({ start: undefined, end })
          : one({ start: [...end, durationOf(window, where)], end }, window, term.bare ? '' : `_${window}`),
      );
    }
    case 'change':
      return [one({ start: [times(durationOf(term.window, where), 2)], end: [] }, term.window)];
    case 'slope':
    case 'streak':
      return [one({ start: [durationOf(term.window, where)], end: [] }, term.window)];
    default:
      return [one(everything)];
  }
}
