import type { Relation, RenderedNode, RenderedTest, SourceMap } from '../../../2-render/index.ts';
import { type Graph, relationKey } from '../../../3-graph/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import {
  type Catalog,
  catalogOf,
  type Serialise,
  type TargetDialect,
  translateNode,
} from '../../../6-emit/index.ts';
import type { Diagnostic } from '../../../diagnostics/index.ts';
import { type FromItem, type Query, rewriteQuery, type TableRef } from '../../../sql/index.ts';
import { duckdbPlanner } from '../duckdb/planner.ts';
import { aside } from './aside.ts';

/** A node's SQL in the target's dialect; `incremental` as in the node. */
export interface NodeTranslation {
  readonly full: string;
  readonly incremental?: string;
}

/** A test's two statements, as they are outside a gate and inside that of each node. */
export interface TestTranslation {
  readonly verdict: (within?: RenderedNode) => string;
  readonly failures: (within?: RenderedNode) => string;
}

export interface Translations {
  readonly nodes: ReadonlyMap<string, NodeTranslation>;
  readonly tests: ReadonlyMap<string, TestTranslation>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface TranslateOptions {
  readonly target: TargetDialect;
  readonly graph: Graph;
  readonly columns: ReadonlyMap<string, readonly BoundColumn[]>;
  readonly selected: ReadonlySet<string>;
  readonly serialise: Serialise;
}

interface Piece {
  readonly node: { uniqueId: string; path: string; span: RenderedNode['span']; map: SourceMap };
  readonly sql: string;
  readonly before: number;
  readonly columns: readonly BoundColumn[];
  /** Its text, when it becomes a table or view. */
  readonly relation?: string;
}

/** Translates everything a run may need before any of it is planned: parsing is asynchronous, planning is not. */
export async function translateSelected(options: TranslateOptions): Promise<Translations> {
  const { graph, selected, target } = options;
  const catalog = catalogOf(graph, options);
  const chosen = [...graph.nodes.values()].filter(({ uniqueId }) => selected.has(uniqueId));
  const nodes = chosen.filter(
    (node): node is RenderedNode => (node.kind === 'model' || node.kind === 'snapshot') && !isEphemeral(node),
  );
  const tests = chosen.filter((node): node is RenderedTest => node.kind === 'test');
  const pieces = [...nodes.flatMap((node) => piecesOf(node, options)), ...tests.flatMap(testPieces)];
  const trees = await options.serialise(pieces.map(({ sql }) => sql));
  const treeOf = new Map(pieces.map((piece, index) => [piece.sql, trees[index] ?? '']));
  const diagnostics: Diagnostic[] = [];
  const translate = (piece: Piece | undefined, change?: (query: Query) => Query): string => {
    if (piece === undefined) return '';
    const tree = treeOf.get(piece.sql) ?? '';
    const made = translateNode({ ...piece, tree, target, catalog: asideToo(catalog), change });
    if (change === undefined) diagnostics.push(...made.diagnostics);
    return made.sql ?? '';
  };
  const translatedNodes = nodes.map((node): [string, NodeTranslation] => {
    const [full, incremental] = piecesOf(node, options);
    return [
      node.uniqueId,
      {
        full: translate(full),
        ...(incremental === undefined ? {} : { incremental: translate(incremental) }),
      },
    ];
  });
  const translatedTests = tests.map((test): [string, TestTranslation] => {
    const [verdict, failures] = testPieces(test);
    // Once here, so that refusals are known before the run.
    translate(verdict);
    const within = (piece: Piece | undefined) => (node?: RenderedNode) =>
      translate(piece, (query) => (node === undefined ? query : readAside(query, node.relation)));
    return [test.uniqueId, { verdict: within(verdict), failures: within(failures) }];
  });
  return { nodes: new Map(translatedNodes), tests: new Map(translatedTests), diagnostics };
}

function isEphemeral(node: RenderedNode): boolean {
  return node.config.materialized === 'ephemeral';
}

function piecesOf(node: RenderedNode, { columns }: TranslateOptions): Piece[] {
  const bound = columns.get(node.uniqueId) ?? [];
  // A snapshot's meta columns are not the query's.
  const own = node.kind === 'snapshot' ? [] : bound;
  const full: Piece = { node, sql: node.sql, before: 0, columns: own, relation: node.sql };
  const { incremental } = node;
  if (incremental === undefined) return [full];
  return [
    full,
    {
      node: { ...node, map: incremental.map },
      sql: incremental.sql,
      before: 0,
      columns: own,
      relation: incremental.sql,
    },
  ];
}

function testPieces(test: RenderedTest): Piece[] {
  const verdict = duckdbPlanner.verdict(test);
  const before = verdict.body?.at ?? 0;
  return [
    { node: test, sql: verdict.sql, before, columns: [] },
    { node: test, sql: duckdbPlanner.failures(test), before: 'select * from (\n'.length, columns: [] },
  ];
}

/** Makes a query read `relation` where it is built, under the name it is known by. */
function readAside(query: Query, relation: Relation): Query {
  const from = (item: FromItem): FromItem => {
    if (item.kind !== 'table' || item.schema === undefined) return item;
    if (relationKey({ schema: item.schema, identifier: item.name }) !== withoutDatabase(relation))
      return item;
    return { ...item, name: aside(relation).identifier, alias: item.alias ?? item.name };
  };
  return rewriteQuery(query, { from });
}

function withoutDatabase({ schema, identifier }: Relation): string {
  return relationKey({ schema, identifier });
}

/** A relation being built has the columns of the one it will replace. */
function asideToo(catalog: Catalog): Catalog {
  const suffix = aside({ schema: '', identifier: '' }).identifier;
  return (table: TableRef) =>
    table.name.endsWith(suffix)
      ? catalog({ ...table, name: table.name.slice(0, -suffix.length) })
      : catalog(table);
}
