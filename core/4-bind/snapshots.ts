import type { ConfigValue } from '../1-load/index.ts';
import type { RenderedNode } from '../2-render/index.ts';
import type { BoundColumn } from './bound.ts';

/** A snapshot's table: the query's columns, then dbt's. Other nodes keep their columns. */
export function snapshotColumns(node: RenderedNode, query: readonly BoundColumn[]): readonly BoundColumn[] {
  const { snapshot, raw } = node.config;
  if (node.kind !== 'snapshot' || snapshot === undefined) return query;
  const updatedAt = snapshot.updatedAt?.toLowerCase();
  const instant = query.find(({ name }) => name.toLowerCase() === updatedAt)?.type ?? 'TIMESTAMP';
  const names = renamed(raw.snapshot_meta_column_names);
  const meta = [
    { name: names('dbt_scd_id'), type: 'VARCHAR' },
    { name: names('dbt_updated_at'), type: instant },
    { name: names('dbt_valid_from'), type: instant },
    { name: names('dbt_valid_to'), type: instant },
    ...(snapshot.hardDeletes === 'new_record' ? [{ name: names('dbt_is_deleted'), type: 'VARCHAR' }] : []),
  ];
  const taken = new Set(meta.map(({ name }) => name.toLowerCase()));
  return [...query.filter(({ name }) => !taken.has(name.toLowerCase())), ...meta];
}

function renamed(value: ConfigValue | undefined): (name: string) => string {
  const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return (name) => {
    const own = (given as Readonly<Record<string, ConfigValue>>)[name];
    return typeof own === 'string' ? own : name;
  };
}
