import type { Relation, RenderedNode } from '../../2-render/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import type { AuditInput } from '../input.ts';
import { quoteName, quoteRelation } from '../quote.ts';
import type { Closure } from './closure.ts';
import { maskedSource } from './masked-source.ts';
import { redirectRelations } from './redirect.ts';
import { maskedSnapshot } from './snapshot.ts';

/** SQL that rebuilds models as of one prediction time, and the SQL that throws the result away. */
export interface RebuildPlan {
  readonly statements: readonly string[];
  readonly cleanup: readonly string[];
  /** Full quoted name of a model's rebuilt relation. */
  readonly rebuilt: (node: RenderedNode) => string;
}

export interface RebuildOptions {
  /** Name of an attached, empty database to build in. */
  readonly catalog: string;
  /** The database of relations that do not name theirs: a view elsewhere would look for them beside itself. */
  readonly home: string;
  /** The prediction time, as a SQL literal. */
  readonly moment: string;
  /** Models whose rows are wanted at that prediction time only: their column of prediction times. */
  readonly only: ReadonlyMap<string, string>;
}

/**
 * Plans D|p for a closure: each source masked to what was known at p, each model rebuilt over them under its
 * own name in another catalog. A model is a table there when several others read it, else a view, so that the
 * engine can push the prediction time down; the audited ones are tables of their rows at p.
 */
export function planRebuild(input: AuditInput, closure: Closure, options: RebuildOptions): RebuildPlan {
  const { catalog, home, moment } = options;
  const members = [...closure.sources, ...closure.standing, ...closure.models];
  const relations = members.map(({ relation }) => relation);
  const target = (relation: Relation): string =>
    quoteRelation({ database: catalog, schema: relation.schema, identifier: relation.identifier });
  const schemas = [...new Set(relations.map(({ schema }) => schema))];
  const columnsOf = (id: string): readonly BoundColumn[] => input.bound.columns.get(id) ?? [];
  const readers = new Map<string, number>();
  for (const { uniqueId } of closure.models) {
    for (const parent of input.graph.parents.get(uniqueId) ?? []) {
      readers.set(parent, (readers.get(parent) ?? 0) + 1);
    }
  }

  const statements = schemas.map(
    (schema) => `create schema if not exists ${quoteName(catalog)}.${quoteName(schema)}`,
  );
  for (const source of closure.sources) {
    const body = maskedSource(source, columnsOf(source.uniqueId), moment, home);
    statements.push(`create or replace view ${target(source.relation)} as ${body}`);
  }
  for (const node of closure.standing) {
    const body =
      node.kind === 'snapshot'
        ? maskedSnapshot(node, columnsOf(node.uniqueId), moment, home)
        : `select * from ${quoteRelation(node.relation, home)}`;
    statements.push(`create or replace view ${target(node.relation)} as ${body}`);
  }
  const views: string[] = [];
  const tables: string[] = [];
  for (const node of closure.models) {
    const sql = redirectRelations(node.sql, relations, catalog);
    const time = options.only.get(node.uniqueId);
    const read = readers.get(node.uniqueId) ?? 0;
    if (time !== undefined && read === 0) {
      tables.push(target(node.relation));
      statements.push(
        `create table ${target(node.relation)} as select * from (\n${sql}\n) where ${quoteName(time)} = ${moment}`,
      );
    } else if (read > 1) {
      tables.push(target(node.relation));
      statements.push(`create table ${target(node.relation)} as\n${sql}`);
    } else {
      views.push(target(node.relation));
      statements.push(`create view ${target(node.relation)} as\n${sql}`);
    }
  }
  return {
    statements,
    cleanup: [
      ...views.map((name) => `drop view if exists ${name}`),
      ...tables.map((name) => `drop table if exists ${name}`),
    ],
    rebuilt: (node) => target(node.relation),
  };
}
