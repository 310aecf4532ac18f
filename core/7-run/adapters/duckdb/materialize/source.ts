import type { RenderedSource } from '../../../../2-render/index.ts';
import { type BoundColumn, readerCall } from '../../../../4-bind/index.ts';
import type { Statement } from '../../../plan/plan.ts';
import type { ExistingRelation } from '../../adapter.ts';
import { identifier, relationName } from '../quote.ts';
import { dropOtherKind } from './shared.ts';

/** The view through which models read a source's files; none for a table of the target. */
export function sourceView(
  source: RenderedSource,
  root: string,
  columns: readonly BoundColumn[],
  existing?: ExistingRelation,
): Statement[] {
  const select = sourceSelect(source, root, columns);
  if (select === undefined) return [];
  const name = relationName(source.relation);
  const create = { sql: `create or replace view ${name} as ${select}`, countsRows: false };
  return [...dropOtherKind(existing, name, 'view'), create];
}

/**
 * A select over a source's files: the bound columns in bound order, declared ones in their declared types, so that
 * what was checked without data is what is read. Undefined for a table of the target.
 */
export function sourceSelect(
  source: RenderedSource,
  root: string,
  columns: readonly BoundColumn[],
): string | undefined {
  if (source.location === undefined) return undefined;
  const { readOptions } = source.table;
  const types = new Map(
    source.table.columns.flatMap(({ name, dataType }) =>
      dataType ? [[name.toLowerCase(), dataType.value] as const] : [],
    ),
  );
  const plain = readerCall(source.location, readOptions, root);
  const reads =
    plain.startsWith('read_csv(') && readOptions.types === undefined && readOptions.columns === undefined;
  const declared = source.table.columns.filter(({ name }) => types.has(name.toLowerCase()));
  if (reads && types.size > 0) {
    // The CSV reader takes the types itself: its errors then name the line.
    const given = Object.fromEntries(declared.map(({ name, dataType }) => [name, dataType?.value ?? '']));
    const reader = readerCall(source.location, { ...readOptions, types: given }, root);
    return `select ${columns.map(({ name }) => identifier(name)).join(', ') || '*'} from ${reader}`;
  }
  const cast = (name: string) => {
    const type = types.get(name.toLowerCase());
    return type === undefined
      ? identifier(name)
      : `cast(${identifier(name)} as ${type}) as ${identifier(name)}`;
  };
  if (columns.length > 0) return `select ${columns.map(({ name }) => cast(name)).join(', ')} from ${plain}`;
  const replace =
    declared.length > 0 ? ` replace (${declared.map(({ name }) => cast(name)).join(', ')})` : '';
  return `select *${replace} from ${plain}`;
}
