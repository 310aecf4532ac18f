import type { Graph } from '../graph.ts';

const call = /^\s*(?:\{\{\s*)?(ref|source)\(\s*(.*?)\s*\)\s*(?:\}\}\s*)?$/s;

/** The unique_id behind `ref('orders')` or `source('raw', 'orders')` as exposures write them. */
export function parseReference(text: string, graph: Graph): string | undefined {
  if (graph.nodes.has(text)) return text;
  const match = call.exec(text);
  if (match === null) return undefined;
  const names = [...(match[2] ?? '').matchAll(/['"]([^'"]*)['"]/g)].map((found) => found[1] as string);
  for (const [id, node] of graph.nodes) {
    if (match[1] === 'source') {
      if (node.kind === 'source' && node.sourceName === names[0] && node.name === names[1]) return id;
    } else if (node.kind !== 'source' && node.kind !== 'test' && node.name === names[names.length - 1]) {
      return id;
    }
  }
  return undefined;
}
