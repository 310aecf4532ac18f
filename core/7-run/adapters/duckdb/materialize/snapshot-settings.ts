import type { ConfigValue } from '../../../../1-load/index.ts';
import type { SnapshotConfig } from '../../../../2-render/index.ts';
import type { BoundColumn } from '../../../../4-bind/index.ts';
import type { MaterializeContext } from '../../../plan/materialization.ts';
import { identifier, literal } from '../quote.ts';

/** A snapshot's settings as SQL fragments. `old` is an open version, `new` a row of the query. */
export interface Snapshot {
  readonly hardDeletes: SnapshotConfig['hardDeletes'];
  /** Quoted names of the meta columns. */
  readonly meta: Readonly<Record<'scdId' | 'updatedAt' | 'validFrom' | 'validTo' | 'isDeleted', string>>;
  /** The query's own columns, without meta columns. */
  readonly columns: readonly BoundColumn[];
  /** The run's instant. */
  readonly now: string;
  /** When a row of the query became what it is. */
  readonly updatedAt: string;
  /** The end of an open version, of the type of the given instant. */
  readonly openEnd: (like: string) => string;
  /** A condition on `old`. */
  readonly isOpen: string;
  /** A condition on `old` and `new`. */
  readonly changed: string;
}

const metaNames = {
  scdId: 'dbt_scd_id',
  updatedAt: 'dbt_updated_at',
  validFrom: 'dbt_valid_from',
  validTo: 'dbt_valid_to',
  isDeleted: 'dbt_is_deleted',
} as const;

export function readSnapshot(context: MaterializeContext, config: SnapshotConfig): Snapshot {
  const { node, existing } = context;
  const names = renamed(node.config.raw.snapshot_meta_column_names);
  const meta = {
    scdId: identifier(names.scdId),
    updatedAt: identifier(names.updatedAt),
    validFrom: identifier(names.validFrom),
    validTo: identifier(names.validTo),
    isDeleted: identifier(names.isDeleted),
  };
  const reserved = new Set(Object.values(names).map((name) => name.toLowerCase()));
  const all = context.columns.length > 0 ? context.columns : (existing?.columns ?? []);
  const columns = all.filter((column) => !reserved.has(column.name.toLowerCase()));
  const now = `timestamp ${literal(context.now.toISOString().replace('T', ' ').slice(0, 23))}`;
  const end = node.config.raw.dbt_valid_to_current;
  const openEnd = typeof end === 'string' ? end : undefined;
  const current = openEnd === undefined ? '' : ` or old.${meta.validTo} = ${openEnd}`;
  const has = new Set(existing?.columns.map((column) => column.name.toLowerCase()));
  const updatedAt = config.updatedAt === undefined ? now : identifier(config.updatedAt);
  return {
    hardDeletes: config.hardDeletes,
    meta,
    columns,
    now,
    updatedAt,
    openEnd: (like) => openEnd ?? `nullif(${like}, ${like})`,
    isOpen: `(old.${meta.validTo} is null${current})`,
    changed:
      config.strategy === 'timestamp'
        ? `old.${meta.validFrom} < new.${meta.updatedAt}`
        : checkChanged(config.checkColumns, columns, has),
  };
}

/** `check`: any of the columns differs, NULL counting as a value; a column the snapshot lacks is a difference. */
function checkChanged(
  wanted: SnapshotConfig['checkColumns'],
  columns: readonly BoundColumn[],
  has: ReadonlySet<string>,
): string {
  const names = wanted === 'all' ? columns.map((column) => column.name) : wanted;
  if (names.some((name) => !has.has(name.toLowerCase()))) return 'true';
  return names.map((name) => `old.${identifier(name)} is distinct from new.${identifier(name)}`).join(' or ');
}

function renamed(value: ConfigValue | undefined): Record<keyof typeof metaNames, string> {
  const given = value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
  const pick = (key: keyof typeof metaNames) => {
    const name = (given as Readonly<Record<string, ConfigValue>>)[metaNames[key]];
    return typeof name === 'string' ? name : metaNames[key];
  };
  return {
    scdId: pick('scdId'),
    updatedAt: pick('updatedAt'),
    validFrom: pick('validFrom'),
    validTo: pick('validTo'),
    isDeleted: pick('isDeleted'),
  };
}
