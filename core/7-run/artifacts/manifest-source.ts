import type { RenderedSource } from '../../2-render/index.ts';
import { fingerprintKey } from '../../3-graph/index.ts';
import { relationName } from '../adapters/duckdb/quote.ts';
import type { ManifestContext } from './manifest.ts';
import { manifestColumn, withoutFolder } from './manifest-node.ts';

/** A source table as dbt writes it; its files and availability under `external` and `config.churn`. */
export function manifestSource(source: RenderedSource, { project, fingerprints }: ManifestContext): object {
  const { table } = source;
  return {
    database: source.relation.database ?? null,
    schema: source.relation.schema,
    name: source.name,
    resource_type: 'source',
    package_name: project.name,
    path: withoutFolder(source.path),
    original_file_path: source.path,
    unique_id: source.uniqueId,
    fqn: [project.name, source.sourceName, source.name],
    source_name: source.sourceName,
    source_description: table.sourceDescription?.value ?? '',
    loader: '',
    identifier: source.relation.identifier,
    quoting: {},
    loaded_at_field: table.loadedAtField ?? null,
    external: source.location === undefined ? null : { location: source.location },
    description: source.description,
    columns: Object.fromEntries(table.columns.map((column) => [column.name, manifestColumn(column)])),
    meta: table.meta,
    source_meta: {},
    tags: [...table.tags],
    config: {
      enabled: table.enabled,
      churn: {
        available_at: table.availableAt?.value ?? null,
        axioms: table.axioms.map(({ value }) => value),
        primary_key: table.primaryKey.map(({ value }) => value),
      },
      [fingerprintKey]: fingerprints.get(source.uniqueId) ?? null,
    },
    relation_name: relationName(source.relation),
  };
}
