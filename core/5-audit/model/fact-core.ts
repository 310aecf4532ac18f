import type { Fact } from '../plan/facts.ts';

/**
 * A smallest part of `facts` that suffices, in the sense that none of it can be left out: QuickXplain (Junker
 * 2004), which asks about |core| log(|facts|) times.
 *
 * @param suffices whether some facts suffice; all of them must, none of them does not
 */
export function factCore(facts: readonly Fact[], suffices: (some: ReadonlySet<Fact>) => boolean): Fact[] {
  const explain = (background: readonly Fact[], grew: boolean, candidates: readonly Fact[]): Fact[] => {
    if (grew && suffices(new Set(background))) return [];
    if (candidates.length <= 1) return [...candidates];
    const middle = candidates.length >> 1;
    const [first, second] = [candidates.slice(0, middle), candidates.slice(middle)];
    const fromSecond = explain([...background, ...first], true, second);
    const fromFirst = explain([...background, ...fromSecond], fromSecond.length > 0, first);
    return [...fromFirst, ...fromSecond];
  };
  return explain([], false, facts);
}
