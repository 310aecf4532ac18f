import { createHash } from 'node:crypto';
import type { RenderedNode } from '../2-render/index.ts';
import type { AuditInput } from './input.ts';
import { closureIds } from './model/closure-ids.ts';
import type { AuditOptions } from './options.ts';
import type { AuditResult } from './report.ts';

/** Raise it when the prover's answers change: older verdicts are then proved anew. */
const format = 5;

/**
 * Verdicts by the content of what they were proved from. Serialisable; a damaged or older text is an empty cache.
 *
 * @example
 * const cache = new VerdictCache(text);
 * await auditProject(input, { cache });
 * save(cache.serialize());
 */
export class VerdictCache {
  readonly #known: ReadonlyMap<string, readonly AuditResult[]>;
  readonly #used = new Map<string, readonly AuditResult[]>();

  constructor(text?: string) {
    this.#known = parse(text);
  }

  get(key: string): readonly AuditResult[] | undefined {
    const results = this.#used.get(key) ?? this.#known.get(key);
    if (results !== undefined) this.#used.set(key, results);
    return results;
  }

  set(key: string, results: readonly AuditResult[]): void {
    this.#used.set(key, results);
  }

  /** Undefined when there is nothing new to write. Verdicts of models that were not asked for are kept. */
  serialize(): string | undefined {
    if ([...this.#used.keys()].every((key) => this.#known.has(key))) return undefined;
    return JSON.stringify({ format, verdicts: [...this.#known, ...this.#used].slice(-limit) });
  }
}

/** Enough for every model of a large project and its recent edits. */
const limit = 20_000;

function parse(text: string | undefined): ReadonlyMap<string, readonly AuditResult[]> {
  if (text === undefined) return new Map();
  try {
    const read = JSON.parse(text) as { format?: number; verdicts?: [string, AuditResult[]][] };
    return read.format === format && Array.isArray(read.verdicts) ? new Map(read.verdicts) : new Map();
  } catch {
    return new Map();
  }
}

/**
 * Hash of everything a model's verdicts depend on: the SQL, declarations, types and data tests (facts) of all it
 * reads, and how hard the audit tries. The policy is applied later and is not part of it.
 */
export function verdictKey(input: AuditInput, root: RenderedNode, options: AuditOptions): string {
  const ids = new Set(closureIds(input, root.uniqueId));
  const content = [...ids].map((id) => {
    const node = input.graph.nodes.get(id);
    const columns = input.bound.columns.get(id) ?? [];
    if (node === undefined || node.kind === 'test') return [id];
    if (node.kind === 'source') return [id, node.location ?? '', node.relation, node.table, columns];
    return [
      id,
      node.path,
      node.rawSql,
      node.sql,
      node.relation,
      node.config.raw,
      node.columns,
      node.pointInTime ?? null,
      columns,
    ];
  });
  const facts = [...input.rendered.tests.values()]
    .filter(({ generic }) => generic !== undefined && ids.has(generic.attachedTo))
    .map(({ uniqueId, hash }) => [uniqueId, hash]);
  const { label, labelKnownAt, horizon } =
    input.prediction?.model.value === root.name ? input.prediction : {};
  const effort = [
    label ?? null,
    labelKnownAt ?? null,
    horizon ?? null,
    format,
    options.budget ?? null,
    options.attempts ?? null,
    options.witnesses ?? null,
  ];
  return createHash('sha256')
    .update(JSON.stringify([effort, content, facts]))
    .digest('hex')
    .slice(0, 32);
}
