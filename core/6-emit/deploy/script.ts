import type { Relation } from '../../2-render/index.ts';
import { indent } from '../print/text.ts';

/** How a target creates relations. Names are quoted by the target's own rule. */
export interface Scripting {
  readonly relation: (relation: Relation) => string;
  readonly schema: (name: string) => string;
  readonly view: (relation: Relation, select: string) => string;
  readonly table: (relation: Relation, select: string, clusterBy: readonly string[]) => string;
}

const backtick = (name: string) => `\`${name.replaceAll('`', '``')}\``;
const bracket = (name: string) => `[${name.replaceAll(']', ']]')}]`;

/** Spark on a Lakehouse: Delta tables are replaced in one commit. */
const spark: Scripting = {
  relation: ({ schema, identifier }) => `${backtick(schema)}.${backtick(identifier)}`,
  schema: (name) => `create schema if not exists ${backtick(name)};\n`,
  view: (relation, select) => `create or replace view ${spark.relation(relation)} as\n${select};\n`,
  table: (relation, select, clusterBy) => {
    const cluster = clusterBy.length > 0 ? ` cluster by (${clusterBy.map(backtick).join(', ')})` : '';
    return `create or replace table ${spark.relation(relation)} using delta${cluster} as\n${select};\n`;
  },
};

/** A Fabric Warehouse: the table is built aside and swapped in by rename, within one snapshot transaction. */
const fabric: Scripting = {
  relation: ({ schema, identifier }) => `${bracket(schema)}.${bracket(identifier)}`,
  schema: (name) =>
    `if schema_id('${name.replaceAll("'", "''")}') is null exec('create schema ${bracket(name).replaceAll("'", "''")}');\n`,
  view: (relation, select) => `create or alter view ${fabric.relation(relation)} as\n${select};\n`,
  table: (relation, select, clusterBy) => {
    const name = fabric.relation(relation);
    const aside = fabric.relation({ ...relation, identifier: `${relation.identifier}__new` });
    const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
    const cluster = clusterBy.length > 0 ? ` with (cluster by (${clusterBy.map(bracket).join(', ')}))` : '';
    return [
      `drop table if exists ${aside};`,
      `create table ${aside}${cluster} as\n${select};`,
      'begin transaction;',
      indent(`drop table if exists ${name};`),
      indent(`exec sp_rename ${literal(aside)}, ${literal(relation.identifier)};`),
      'commit;',
      '',
    ].join('\n');
  },
};

/** Scripts by target. */
export const scripting: Readonly<Record<'fabric' | 'spark', Scripting>> = { fabric, spark };
