import type { Located, Project } from '../1-load/index.ts';
import type { Graph } from '../3-graph/index.ts';

/** How far back a relation's rows go. */
export interface History {
  /** As declared: `400 days`. */
  readonly text: string;
  readonly hours: number;
  /** The model or source that declares it. */
  readonly of: string;
}

/** By unique_id: what a relation declares itself, else the shortest of what it reads; undefined where nothing is. */
export function histories(project: Project, graph: Graph): (id: string) => History | undefined {
  const declared = new Map(project.nodes.map((node) => [node.uniqueId, node]));
  const known = new Map<string, History | undefined>();
  const find = (id: string): History | undefined => {
    if (known.has(id)) return known.get(id);
    known.set(id, undefined);
    const node = graph.nodes.get(id);
    if (node === undefined || node.kind === 'test') return undefined;
    const own =
      node.kind === 'source'
        ? historyOf(node.table.history, `${node.sourceName}.${node.name}`)
        : historyOf(declared.get(id)?.properties?.history, node.name);
    const read = own ? [own] : (graph.parents.get(id) ?? []).flatMap((parent) => find(parent) ?? []);
    const shortest = read.reduce<History | undefined>(
      (least, one) => (least === undefined || one.hours < least.hours ? one : least),
      undefined,
    );
    known.set(id, shortest);
    return shortest;
  };
  return find;
}

function historyOf(declared: Located<string> | undefined, of: string): History | undefined {
  const hours = declared === undefined ? undefined : hoursOf(declared.value);
  return declared === undefined || hours === undefined ? undefined : { text: declared.value, hours, of };
}

/** Months count with their longest, in windows and histories alike. */
const hoursPer: Readonly<Record<string, number>> = {
  second: 1 / 3600,
  minute: 1 / 60,
  hour: 1,
  day: 24,
  week: 7 * 24,
  month: 31 * 24,
  quarter: 92 * 24,
  year: 366 * 24,
};

/** `30 days`, `interval 3 month + interval 2 day` in hours; undefined for anything else. */
export function hoursOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+)\s*([a-z]+?)s?\b/gi)];
  if (parts.length === 0) return undefined;
  let hours = 0;
  for (const [, count, unit = ''] of parts) {
    const each = hoursPer[unit.toLowerCase()];
    if (each === undefined) return undefined;
    hours += Number(count) * each;
  }
  return hours;
}
