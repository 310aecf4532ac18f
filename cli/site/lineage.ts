import dagre from '@dagrejs/dagre';
import { escapeHtml, type Html, raw } from './html.ts';

export interface LineageNode {
  readonly id: string;
  readonly label: string;
  readonly kind: 'source' | 'seed' | 'snapshot' | 'model';
  /** Where a click goes; undefined: nowhere. */
  readonly href?: string;
}

export interface Lineage {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

const height = 30;
const tones = { source: '--good', seed: '--warn', snapshot: '--warn', model: '--accent' } as const;

/** The graph from left to right as SVG, coloured by the page's variables. Meant for up to some 500 nodes. */
export function lineageSvg({ nodes, edges }: Lineage): Html {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 56, marginx: 6, marginy: 10 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(nodes.map(({ id }) => id));
  for (const { id, label } of nodes) graph.setNode(id, { width: 22 + label.length * 7.1, height });
  for (const { from, to } of edges) if (known.has(from) && known.has(to)) graph.setEdge(from, to);
  dagre.layout(graph);

  const lines = graph.edges().map((edge) => {
    const points: { x: number; y: number }[] = graph.edge(edge).points ?? [];
    return `<path d="${curve(points)}" fill="none" stroke="var(--faint)" stroke-opacity="0.55" stroke-width="1.3"/>`;
  });
  const boxes = nodes.map(({ id, label, kind, href }) => {
    const at = graph.node(id) as { x: number; y: number; width: number };
    const tone = `var(${tones[kind]})`;
    const box =
      `<rect x="${round(at.x - at.width / 2)}" y="${round(at.y - height / 2)}" width="${round(at.width)}" height="${height}" rx="7" fill="var(--ground)" stroke="${tone}" stroke-width="1.3"/>` +
      `<text x="${round(at.x)}" y="${round(at.y + 4.5)}" text-anchor="middle" font-size="12.5" fill="var(--ink)">${escapeHtml(label)}</text>`;
    const titled = `<title>${escapeHtml(`${kind} ${label}`)}</title>${box}`;
    return href === undefined ? `<g>${titled}</g>` : `<a href="${escapeHtml(href)}">${titled}</a>`;
  });
  const size = graph.graph();
  const [w, h] = [round(size.width ?? 0), round(size.height ?? 0)];
  return raw(
    `<svg viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" aria-label="Lineage" font-family="inherit">${lines.join('')}${boxes.join('')}</svg>`,
  );
}

/** A smooth line through dagre's points: quadratic pieces between their middles. */
function curve(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  for (let i = 0; i + 1 < rest.length; i++) {
    const [a, b] = [rest[i] as { x: number; y: number }, rest[i + 1] as { x: number; y: number }];
    path += `Q${round(a.x)} ${round(a.y)} ${round((a.x + b.x) / 2)} ${round((a.y + b.y) / 2)}`;
  }
  return `${path}L${round(last.x)} ${round(last.y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
