import type { Relation, RenderedNode, RenderedTest } from '../../2-render/index.ts';
import type { Graph } from '../graph.ts';

/**
 * A node's compiled SQL without what does not change its meaning: comments, layout, and the names of the
 * relations it reads, which are replaced by unique_ids. The same project compiled for two targets is equal.
 */
export function resolvedBody(node: RenderedNode | RenderedTest, graph: Graph): string {
  const incremental = node.kind === 'test' ? undefined : node.incremental?.sql;
  let text = withoutLayout(incremental === undefined ? node.sql : `${node.sql}\n;\n${incremental}`);
  const own = node.kind === 'test' ? [] : [{ id: 'this', relation: node.relation }];
  const parents = node.dependsOn.flatMap((id) => {
    const relation = graph.nodes.get(id)?.relation;
    return relation ? [{ id, relation }] : [];
  });
  for (const { id, relation } of [...parents, ...own]) {
    for (const name of spellings(relation)) text = text.replaceAll(name, `{${id}}`);
  }
  return text;
}

/** Quoted and plain, longest first: a qualified name contains the shorter ones. */
function spellings(relation: Relation): string[] {
  const parts = [relation.schema, relation.identifier];
  const all = [...(relation.database === undefined ? [] : [[relation.database, ...parts]]), parts];
  return all.flatMap((names) => [
    names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.'),
    names.join('.'),
  ]);
}

const pieces =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)+/g;

/** SQL without comments, each run of white space one blank; literals stay as they are. */
export function withoutLayout(sql: string): string {
  return sql.replace(pieces, (piece) => (/^['"$]/.test(piece) ? piece : ' ')).trim();
}
