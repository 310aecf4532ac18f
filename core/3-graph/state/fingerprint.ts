import { createHash } from 'node:crypto';
import type { ConfigValue, Project } from '../../1-load/index.ts';
import type { Rendered } from '../../2-render/index.ts';
import type { Graph } from '../graph.ts';
import { resolvedBody } from './body.ts';
import { macroHashes } from './macros.ts';

/**
 * What a node means, in parts that can be compared one by one. Written into manifest.json (see
 * {@link fingerprintKey}), so that a later `state:modified` can say why a node counts as modified.
 */
export interface Fingerprint {
  /** Hash of the resolved SQL: no comments, no layout, no relation names. For seeds, of the file. */
  readonly body: string;
  /** Hash of the unrendered SQL, to tell an edited file from a changed macro or variable. */
  readonly raw: string;
  /** Hash per configuration key, relation keys and tags left out. */
  readonly configs: Readonly<Record<string, string>>;
  /** Hash of column names, types and constraints where the contract is enforced; else empty. */
  readonly contract: string;
  /** Configured (not resolved) database, schema and alias: the same node in two targets is the same. */
  readonly relation: string;
  readonly description: string;
  /** Hash per macro used. */
  readonly macros: Readonly<Record<string, string>>;
}

/** Keys that say where or to whom a node belongs, not what it is. */
const relationKeys = ['database', 'schema', 'alias'];
const ignoredKeys = new Set([...relationKeys, 'tags', 'docs', 'group', 'enabled', 'contract']);

/** Where a manifest keeps a node's fingerprint: under `config`, which dbt's schema leaves open. */
export const fingerprintKey = 'churn_fingerprint';

/** Fingerprints of all nodes, tests and sources, by unique_id; for the manifest writer. */
export function fingerprints(graph: Graph, project: Project): Map<string, Fingerprint> {
  const make = fingerprinter(graph, project);
  return new Map([...graph.nodes].map(([id, node]) => [id, make(node)]));
}

/** Makes fingerprints one at a time, sharing what they have in common. */
export function fingerprinter(graph: Graph, project: Project): (node: Rendered) => Fingerprint {
  const macros = macroHashes(project);
  const seeds = new Map(project.nodes.map((node) => [node.uniqueId, node.file.hash]));
  const used = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, macros.get(id) ?? '']));
  return (node) => {
    if (node.kind === 'source') return sourceFingerprint(node, project);
    const raw = node.kind === 'test' ? node.sql : node.kind === 'seed' ? '' : node.rawSql;
    const body = node.kind === 'seed' ? (seeds.get(node.uniqueId) ?? node.hash) : resolvedBody(node, graph);
    const values: Readonly<Record<string, unknown>> =
      node.kind === 'test' ? { ...node.config } : { ...node.config.raw };
    return {
      body: hash(body),
      raw: hash(raw),
      configs: hashedConfigs(values),
      contract: node.kind !== 'test' && node.config.contractEnforced ? contractHash(node.columns) : '',
      relation:
        node.kind === 'test' ? '' : hash([node.config.database, node.config.schema, node.config.alias]),
      description: hash(node.description),
      macros: used(node.macros),
    };
  };
}

function sourceFingerprint(node: Extract<Rendered, { kind: 'source' }>, project: Project): Fingerprint {
  const { table } = node;
  const columns = table.columns.map((column) => [
    column.name,
    column.dataType?.value.toLowerCase(),
    column.availableAt?.value,
  ]);
  const facts = [table.availableAt?.value, table.axioms.map(({ value }) => value), columns];
  return {
    body: hash([
      node.location,
      table.readOptions as ConfigValue,
      facts,
      table.primaryKey.map((key) => key.value),
    ]),
    raw: '',
    configs: hashedConfigs({ enabled: table.enabled, freshness: table.freshness ?? null }),
    contract: '',
    relation: hash([project.name, table.database?.value, table.schema?.value, table.identifier?.value]),
    description: hash(node.description),
    macros: {},
  };
}

function hashedConfigs(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const kept = Object.keys(values)
    .filter((key) => !ignoredKeys.has(key) && values[key] !== undefined && values[key] !== null)
    .sort();
  return Object.fromEntries(kept.map((key) => [key, hash(values[key])]));
}

function contractHash(
  columns: Extract<Rendered, { kind: 'model' | 'seed' | 'snapshot' }>['columns'],
): string {
  return hash(
    columns.map((column) => [
      column.name,
      column.dataType?.value.toLowerCase(),
      column.constraints.map(({ value }) => value),
    ]),
  );
}

function hash(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, sortKeys) ?? '');
  return createHash('sha1').update(text).digest('base64url').slice(0, 16);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
