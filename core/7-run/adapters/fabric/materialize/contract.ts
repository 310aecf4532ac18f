import type { ConfigValue } from '../../../../1-load/index.ts';
import type { RenderedNode } from '../../../../2-render/index.ts';
import { fabricColumnType } from '../../../../6-emit/index.ts';
import { identifier } from '../quote.ts';

/** What an enforced contract asks of a table besides types. */
export type Constraints =
  | { readonly kind: 'none' }
  /** Column definitions of the table. */
  | { readonly kind: 'columns'; readonly definitions: readonly string[] }
  /** A warehouse has the constraint in name only, or not at all. */
  | { readonly kind: 'unable'; readonly what: string };

/** NOT NULL is the one constraint that a warehouse enforces. */
export function constraintsOf(
  { config, columns: declared }: RenderedNode,
  columns: readonly { readonly name: string; readonly type: string }[],
): Constraints {
  if (!config.contractEnforced) return { kind: 'none' };
  const ofModel = Array.isArray(config.raw.constraints) ? config.raw.constraints : [];
  const wanted = new Map(
    declared.map(({ name, constraints }) => [
      name.toLowerCase(),
      constraints.map(({ value }) => typeOf(value)),
    ]),
  );
  const all = [...ofModel.map((one) => typeOf(one as ConfigValue)), ...[...wanted.values()].flat()];
  const unable = all.find((type) => type !== 'not_null');
  if (unable !== undefined)
    return { kind: 'unable', what: `the constraint ${unable}, which is not enforced there` };
  if (all.length === 0) return { kind: 'none' };
  const definitions = columns.map(({ name, type }) => {
    const isRequired = wanted.get(name.toLowerCase())?.includes('not_null');
    return `${identifier(name)} ${fabricColumnType(type) ?? 'varchar(8000)'}${isRequired ? ' not null' : ' null'}`;
  });
  return { kind: 'columns', definitions };
}

function typeOf(value: ConfigValue): string {
  const type =
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Readonly<Record<string, ConfigValue>>).type
      : value;
  return String(type);
}
