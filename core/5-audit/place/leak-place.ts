import type { Span } from '../../diagnostics/index.ts';
import type { Decided } from '../model/prove.ts';
import type { Analysis, PlannedModel } from '../plan/analysis.ts';
import { guiltyModel } from './guilty-model.ts';
import { type Guilty, guiltyPlace, windowPlace } from './guilty-predicate.ts';
import { predicateText, widen } from './tree.ts';

/** Where a leak was written, and what is wrong there, in words. */
export interface LeakPlace {
  readonly span: Span;
  readonly says?: string;
}

/** The predicate that is too weak, or the read that nothing bounds, in the model that lets the future through. */
export async function leakPlace(
  analysis: Analysis,
  { obligation: { move } }: Decided,
  column: string | undefined,
  isLabel: boolean,
): Promise<LeakPlace | undefined> {
  const { origin } = move;
  const innermost = origin.reads.at(-1)?.place;
  if (innermost === undefined) return undefined;
  if (origin.kind === 'volatile') return { span: innermost };
  const readers = origin.reads.map(({ model }) => model);
  const { depth, clock } = guiltyModel(analysis, origin, readers);
  const step = origin.reads[depth];
  if (step === undefined) return { span: innermost };
  const { model, table, place } = step;
  const query = await model.parse();
  const outputs = depth === 0 ? column : undefined;
  if (query === undefined) return { span: place };
  if (origin.via?.model === model) {
    const at = windowPlace(query, origin.via.window, outputs);
    const span = at === undefined ? place : model.placeOf(at);
    return {
      span,
      says: `the window \`${origin.via.window}\` of ${model.name} looks at rows that arrived later`,
    };
  }
  const next = readers[depth + 1];
  const shape = next === undefined ? sourceShape(origin.row.source.columns) : modelShape(next);
  const cell = origin.kind === 'cell' ? origin.row.source.columns[origin.column]?.name : undefined;
  const found = guiltyPlace(query, { relation: table, ...shape, clock, cell, column: outputs });
  if (found === undefined) return { span: place };
  const start = widen(model.sql, found.at, found.operator);
  const says = wordsOf(found, predicateText(model.sql, start), { model, table, clock, depth, isLabel });
  return { span: model.placeOf(start), says };
}

interface Circumstances {
  readonly model: PlannedModel;
  readonly table: string;
  readonly clock?: string;
  readonly depth: number;
  readonly isLabel: boolean;
}

function wordsOf(
  found: Guilty,
  text: string,
  { model, table, clock, depth, isLabel }: Circumstances,
): string {
  switch (found.kind) {
    case 'bound':
      if (isLabel) return `\`${text}\` does not keep it inside`;
      return found.onClock === true || clock === undefined
        ? `\`${text}\` lets it through`
        : `\`${text}\` bounds another time than ${clock}, from which on its rows are known`;
    case 'use':
      return `${model.name} reads \`${text.split(/[\s=<>!]/)[0]}\` as it became later`;
    case 'read':
      if (depth > 0) return `${model.name} keeps nothing that tells its reader when its rows were known`;
      return clock === undefined
        ? `nothing bounds the time of ${table} there`
        : `nothing bounds ${clock} of ${table} there`;
  }
}

type Shape = { readonly columns: readonly string[]; readonly times: ReadonlySet<string> };

function sourceShape(columns: readonly { readonly name: string; readonly type: string }[]): Shape {
  const times = columns.filter(({ type }) => /^(TIMESTAMP|DATE)/.test(type));
  return {
    columns: columns.map(({ name }) => name),
    times: new Set(times.map(({ name }) => name.toLowerCase())),
  };
}

function modelShape({ columns, types }: PlannedModel): Shape {
  return sourceShape(columns.map((name, index) => ({ name, type: types[index] ?? '' })));
}
