import type { ModelInput } from '../../1-load/index.ts';
import type { AggregateTerm } from '../define/aggregate.ts';
import { intervalText } from '../define/duration.ts';
import type { FeatureTerm } from '../define/feature.ts';
import type { FeatureView } from '../define/feature-view.ts';
import type { GoldTable } from '../define/gold-table.ts';
import { type Fragment, type Hole, isFragment, isMacroCall } from '../define/references.ts';
import type { Spine } from '../define/spine.ts';
import { type CompiledView, compileView } from './compile-view.ts';

/** What a view reads: its spine, and events as far back as its longest window. */
export function viewInputs(view: FeatureView, { join }: CompiledView): ModelInput[] {
  const { entity, predictionTime, time, availableAt, cohort } = view;
  const rows = new Set<string>();
  const ofSpine = new Set<string>(cohort === undefined ? [] : [cohort.column]);
  const into = { row: rows, spine: ofSpine };
  for (const { term, options } of Object.values(view.features)) {
    readTerm(term, into);
    for (const condition of options.only) {
      if ('sql' in condition) readFragment(condition.sql, into);
      else ofSpine.add(condition.column);
    }
  }
  const lookBack = join.start?.map(intervalText).join(' + ');
  const events = { name: view.from.name, entity, time, availableAt, ...(lookBack && { lookBack }) };
  return [
    { name: view.spine.name, entity, predictionTime, watched: [...ofSpine] },
    { ...events, watched: [...new Set([...rows, time])] },
  ];
}

/** What a gold table reads: rows of the same key in all of its models. */
export function goldInputs({
  spine,
  views,
  entity,
  predictionTime,
  keep,
  label,
  omit,
}: GoldTable): ModelInput[] {
  const input = (name: string, watched: readonly string[]) => ({ name, entity, predictionTime, watched });
  const ofSpine = label === undefined || label.from !== undefined ? keep : [...keep, label.column];
  return [
    input(spine.name, ofSpine),
    ...views.map((view) =>
      input(
        view.name,
        compileView(view)
          .outputs.map(({ name }) => name)
          .filter((name) => !omit.includes(name)),
      ),
    ),
    ...(label?.from === undefined ? [] : [input(label.from.name, [label.column])]),
  ];
}

/** What a spine reads: its population, and the events of its calendar and label. */
export function spineInputs({ from, entity, knownFrom, calendar, label }: Spine): ModelInput[] {
  return [
    { name: from.name, entity, availableAt: knownFrom, watched: [] },
    ...(calendar.kind === 'events'
      ? [{ name: calendar.of.name, entity: calendar.entity, availableAt: calendar.knownAt, watched: [] }]
      : []),
    ...(label?.events ? [{ name: label.events.of.name, entity, watched: [] }] : []),
  ];
}

interface Columns {
  readonly row: Set<string>;
  readonly spine: Set<string>;
}

function readTerm(term: FeatureTerm, into: Columns): void {
  switch (term.kind) {
    case 'windows':
    case 'change':
    case 'slope':
      readAggregate(term.aggregate, into);
      break;
    case 'sql':
      readFragment(term.sql, into);
      break;
    default:
  }
}

/** Cells with a time of knowledge of their own are filled in later by right: they are not watched. */
function readAggregate(term: AggregateTerm, into: Columns): void {
  if (term.kind === 'ratio') {
    readAggregate(term.over, into);
    readAggregate(term.under, into);
    return;
  }
  if (term.conditions.some(({ kind }) => kind === 'known')) return;
  if (isFragment(term.argument)) readFragment(term.argument, into);
  else if (term.argument !== undefined) into.row.add(term.argument);
  for (const condition of term.conditions) {
    if (condition.kind === 'sql') readFragment(condition.sql, into);
    else into.row.add(condition.column);
  }
}

function readFragment({ holes }: Fragment, into: Columns): void {
  readHoles(holes, into);
}

function readHoles(holes: readonly Hole[], into: Columns): void {
  for (const hole of holes) {
    if (isFragment(hole)) readFragment(hole, into);
    else if (isMacroCall(hole)) readHoles(hole.args, into);
    else if (typeof hole === 'object' && hole !== null && (hole.place === 'row' || hole.place === 'spine'))
      into[hole.place].add(hole.name);
  }
}
