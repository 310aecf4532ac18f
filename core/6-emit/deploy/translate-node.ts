import type { Relation, SourceMap } from '../../2-render/index.ts';
import { type Graph, relationKey } from '../../3-graph/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import { type Diagnostic, reportEmit, type Span } from '../../diagnostics/index.ts';
import { decodeSerialisedSql, type Query, type TableRef, UnknownShape } from '../../sql/index.ts';
import type { Catalog } from '../normalise/scope.ts';
import type { Refusal } from '../refusal.ts';
import { type TargetDialect, translate } from '../translate.ts';
import { commentsOf } from './comments.ts';

/** A node's or test's SQL, parsed, and where it came from. */
export interface TranslateNode {
  readonly node: {
    readonly uniqueId: string;
    readonly path: string;
    readonly span: Span;
    readonly map: SourceMap;
  };
  /** DuckDB's serialised tree. */
  readonly tree: string;
  /** Length of what stands before the node's own SQL in the parsed text. */
  readonly before?: number;
  readonly target: TargetDialect;
  readonly catalog: Catalog;
  /** Output columns; none: outputs are left as they are. */
  readonly columns: readonly BoundColumn[];
  /** Applied to the parsed query first, such as a change of the relations it reads. */
  readonly change?: (query: Query) => Query;
  /** The text of a node that becomes a table or view: its comments are kept, and an order of its rows means nothing. */
  readonly relation?: string;
}

export interface TranslatedNode {
  readonly sql?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Columns of every relation of the project, as bound. */
export function catalogOf(
  graph: Graph,
  bound: { readonly columns: ReadonlyMap<string, readonly BoundColumn[]> },
): Catalog {
  const byRelation = new Map(
    [...graph.nodes.values()].flatMap((node) => {
      const columns = bound.columns.get(node.uniqueId);
      return columns === undefined ? [] : [[relationKey(node.relation), columns] as const];
    }),
  );
  const find = (relation: Relation) => byRelation.get(relationKey(relation));
  return ({ catalog, schema, name }: TableRef) =>
    (catalog ? find({ schema: schema ?? '', identifier: name, database: catalog }) : undefined) ??
    find({ schema: schema ?? '', identifier: name });
}

/** Translates one node's SQL; what stands against it is said at the user's template. */
export function translateNode(given: TranslateNode): TranslatedNode {
  const { node, tree, target, catalog, columns, change, relation, before = 0 } = given;
  try {
    const parsed = decodeSerialisedSql(tree);
    if ('error' in parsed) throw new UnknownShape(parsed.error, node.path);
    const changed = change === undefined ? parsed.query : change(parsed.query);
    const isRelation = relation !== undefined && changed.limit === undefined;
    const query: Query = isRelation ? { ...changed, orderBy: [] } : changed;
    const comments = relation === undefined ? undefined : commentsOf(relation, query);
    const { sql, refusals } = translate(query, target, catalog, columns, comments);
    return { sql: sql?.trimEnd(), diagnostics: refusals.map((one) => refused(node, one, target, before)) };
  } catch (error) {
    if (!(error instanceof UnknownShape)) throw error;
    const place = { span: node.span, node: node.uniqueId };
    return { diagnostics: [reportEmit('CH602', { shape: error.what }, place)] };
  }
}

function refused(
  node: TranslateNode['node'],
  { at, what, why, rewrite }: Refusal,
  target: TargetDialect,
  before: number,
): Diagnostic {
  const origin = at === undefined || at < before ? undefined : node.map.originOf(at - before);
  const related = origin?.frames.map(({ macro, callSite }) => ({
    span: callSite,
    message: `in macro ${macro}`,
  }));
  return reportEmit(
    'CH601',
    { what, why, rewrite, target },
    { span: origin?.span ?? node.span, node: node.uniqueId, ...(related?.length ? { related } : {}) },
  );
}
