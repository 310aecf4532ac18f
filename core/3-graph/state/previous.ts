import type { Project } from '../../1-load/index.ts';
import type { Rendered } from '../../2-render/index.ts';
import { type Diagnostic, reportGraph } from '../../diagnostics/index.ts';
import type { Graph } from '../graph.ts';
import { type Fingerprint, fingerprinter, fingerprintKey } from './fingerprint.ts';
import { type Change, explainChanges } from './modified.ts';

/** What an earlier run left behind in its target folder. */
export interface PreviousState {
  readonly fingerprints?: ReadonlyMap<string, Fingerprint>;
  /** Status of every node that ran. */
  readonly results?: ReadonlyMap<string, string>;
}

/** An earlier state and the means to compare with it. */
export interface StateComparison {
  readonly previous: PreviousState;
  readonly current: (node: Rendered) => Fingerprint;
}

/** Sets the project of today against an earlier state, for {@link SelectionOptions.state}. */
export function compareState(previous: PreviousState, graph: Graph, project: Project): StateComparison {
  return { previous, current: fingerprinter(graph, project) };
}

/** Why a node counts as modified or new since an earlier state; empty when it does not. */
export function whyModified(node: Rendered, state: StateComparison): readonly Change[] | 'new' {
  const before = state.previous.fingerprints?.get(node.uniqueId);
  return before === undefined ? 'new' : explainChanges(before, state.current(node));
}

/** The artifacts of an earlier run as text; undefined for those that are not there. */
export interface StateTexts {
  readonly manifest: string | undefined;
  readonly runResults: string | undefined;
}

/** Reads the artifacts of an earlier run; each may be missing, a broken one is reported. */
export function parsePreviousState(
  folder: string,
  texts: StateTexts,
): { readonly state: PreviousState; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const read = <Value>(
    file: string,
    text: string | undefined,
    parse: (json: unknown) => Value | undefined,
  ) => {
    if (text === undefined) return undefined;
    try {
      const value = parse(JSON.parse(text));
      if (value === undefined)
        diagnostics.push(reportGraph('CH330', { file, why: 'It was not written by churn.' }));
      return value;
    } catch {
      diagnostics.push(reportGraph('CH330', { file, why: 'It is not complete JSON.' }));
      return undefined;
    }
  };
  const fingerprints = read('manifest.json', texts.manifest, manifestFingerprints);
  const results = read('run_results.json', texts.runResults, runStatuses);
  if (fingerprints === undefined && results === undefined && diagnostics.length === 0) {
    const why = 'The folder has neither manifest.json nor run_results.json.';
    diagnostics.push(reportGraph('CH330', { file: folder, why }));
  }
  return { state: { fingerprints, results }, diagnostics };
}

function manifestFingerprints(json: unknown): Map<string, Fingerprint> | undefined {
  const found = new Map<string, Fingerprint>();
  for (const section of ['nodes', 'sources']) {
    for (const [id, node] of Object.entries(record(record(json)?.[section]) ?? {})) {
      const fingerprint = record(record(record(node)?.config)?.[fingerprintKey]);
      if (isFingerprint(fingerprint)) found.set(id, fingerprint);
    }
  }
  const isEmpty = Object.keys(record(record(json)?.nodes) ?? {}).length === 0;
  return found.size > 0 || isEmpty ? found : undefined;
}

function runStatuses(json: unknown): Map<string, string> | undefined {
  const results = record(json)?.results;
  if (!Array.isArray(results)) return undefined;
  return new Map(
    results.flatMap((result: unknown) => {
      const { unique_id: id, status } = record(result) ?? {};
      return typeof id === 'string' && typeof status === 'string' ? [[id, status] as const] : [];
    }),
  );
}

function isFingerprint(value: object | undefined): value is Fingerprint {
  return value !== undefined && 'body' in value && record((value as Fingerprint).configs) !== undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
