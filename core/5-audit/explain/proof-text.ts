import type { Decided } from '../model/prove.ts';
import { seedsOf } from '../model/prove.ts';
import type { Analysis } from '../plan/analysis.ts';
import type { Fact } from '../plan/facts.ts';
import type { Formula } from '../symbolic/formula.ts';
import { type Chain, chainOf } from './chain.ts';
import { contradiction } from './core.ts';
import { Names } from './names.ts';
import { boundText, formulaText } from './words.ts';

const MOST = 6;

/** Why no late row, and no cell filled in late, can reach a column: what would contradict what. */
export function proofText(analysis: Analysis, decided: readonly Decided[]): string[] {
  const told = new Map<
    string,
    { readonly subject: string; readonly lines: readonly string[]; paths: string[] }
  >();
  for (const { obligation, proof } of decided) {
    const { move, base, formula } = obligation;
    const { origin } = move;
    const path = origin.path.join(' <- ');
    if (origin.kind === 'volatile') continue;
    if ([...told.values()].some(({ paths }) => paths.includes(path))) continue;
    const names = new Names(analysis, origin.row);
    const known = (part: Formula): readonly Formula[] | undefined =>
      contradiction(analysis, analysis.context.f.and(part, origin.unknown), seedsOf(move));
    const core = known(base) ?? known(formula);
    if (core === undefined) continue;
    const source = origin.row.source.name;
    const subject =
      origin.kind === 'row'
        ? `A row of ${source} that becomes known after prediction_time`
        : `A value of ${source}.${origin.row.source.columns[origin.column]?.name} that is filled in after prediction_time`;
    const facts = proof.status === 'proved' ? proof.facts : [];
    const lines = coreLines(names, core, origin.unknown, facts);
    const key = `${subject} ${lines.join(' ')}`;
    const same = told.get(key);
    if (same === undefined) told.set(key, { subject, lines, paths: [path] });
    else same.paths.push(path);
  }
  const ways = [...told.values()];
  const shown = ways
    .slice(0, MOST)
    .flatMap(({ subject, lines, paths }, index) => [
      `${index + 1}. ${subject}`,
      `   could come in by ${paths[0]}${paths.length > 1 ? ` (and ${paths.length - 1} more paths)` : ''}.`,
      ...lines.map((line) => `   ${line}`),
      '',
    ]);
  const rest = ways.length > MOST ? [`... and ${ways.length - MOST} more ways, each as impossible.`, ''] : [];
  return ways.length === 0
    ? []
    : ['Why nothing that became known later can change it', '', ...shown, ...rest];
}

function coreLines(
  names: Names,
  core: readonly Formula[],
  unknown: Formula,
  facts: readonly Fact[],
): string[] {
  const given = facts.map((fact) => `  - ${fact} (declared)`);
  const chain = chainOf(core, unknown);
  if (chain !== undefined && facts.every((fact) => fact.endsWith('is not null'))) {
    return [...chainLines(names, chain), ...(given.length === 0 ? [] : ['given', ...given])];
  }
  const lines = core.flatMap((item) => bullet(names, item));
  const calendar = lines.some((line) => /start of|month/.test(line));
  return [
    'For that, all of these would have to hold, and they cannot all hold:',
    ...lines,
    ...given,
    ...(calendar
      ? ['where the start of a month is not after its days, and they are before the next start.']
      : []),
  ];
}

function chainLines(names: Names, { steps, closed }: Chain): string[] {
  const first = names.symbol(steps[0]?.x ?? 0);
  const last = names.symbol(steps.at(-1)?.y ?? 0);
  const strict = steps.reduce((sum, { c }) => sum + c, 0) === -1;
  let text = first;
  let previous = first;
  for (const { y, c } of steps) {
    const name = names.symbol(y);
    // Two models may hand on one value under one name.
    if (name !== previous || c !== 0) text += ` ${boundText(name, c)}`;
    previous = name;
  }
  if (closed) return ['For that, time would have to run in a circle:', `  ${text}`];
  return [
    'For that, this would have to hold:',
    `  ${text}`,
    `but as it is computed, ${first} is never ${strict ? '' : 'so much '}before ${last}.`,
  ];
}

function bullet(names: Names, item: Formula): string[] {
  if (item.kind !== 'or') return [`  - ${formulaText(names, item)}`];
  const [first, ...others] = item.items.map((part) => formulaText(names, part));
  return [`  - ${first}`, ...others.map((text) => `    or ${text}`)];
}
