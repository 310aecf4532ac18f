import { linear, type Scale, short, ticks } from './scale.ts';
import { el, label, svg } from './svg.ts';
import { theme } from './theme.ts';

export interface FrameSpec {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly left?: number;
  readonly right?: number;
  /** False where the marks label the x axis themselves. */
  readonly xTicks?: boolean;
}

export interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  /** The picture with axes, grid and title around the given marks. */
  readonly draw: (...marks: readonly string[]) => string;
}

/** Axes, grid and title around a plotting area. */
export function frame(spec: FrameSpec): Frame {
  const { width, height, left = 56, right = 16, xTicks = true } = spec;
  const top = 34;
  const bottom = height - 44;
  const x = linear(spec.x, [left, width - right]);
  const y = linear(spec.y, [bottom, top]);
  const line = (x1: number, y1: number, x2: number, y2: number): string =>
    el('line', { x1, y1, x2, y2, stroke: theme.grid });
  const axes = [
    ...(xTicks ? ticks(...spec.x) : []).flatMap((t) => [
      line(x(t), top, x(t), bottom),
      label(x(t), bottom + 16, short(t), { 'text-anchor': 'middle', 'font-size': 11 }),
    ]),
    ...ticks(...spec.y).flatMap((t) => [
      line(left, y(t), width - right, y(t)),
      label(left - 6, y(t) + 4, short(t), { 'text-anchor': 'end', 'font-size': 11 }),
    ]),
    label((left + width - right) / 2, height - 8, spec.xLabel, { 'text-anchor': 'middle' }),
    label(14, (top + bottom) / 2, spec.yLabel, {
      'text-anchor': 'middle',
      transform: `rotate(-90 14 ${(top + bottom) / 2})`,
    }),
    label(left, 20, spec.title, { 'font-size': 14, 'font-weight': 600 }),
  ];
  return { x, y, draw: (...marks) => svg(width, height, spec.title, ...axes, ...marks) };
}

/** A polyline through data points. */
export function path(
  points: readonly { readonly x: number; readonly y: number }[],
  x: Scale,
  y: Scale,
  color: string,
  dashed = false,
): string {
  const at = points.map((p) => `${x(p.x).toFixed(1)},${y(p.y).toFixed(1)}`).join(' ');
  return el('polyline', {
    points: at,
    fill: 'none',
    stroke: color,
    'stroke-width': dashed ? 1 : 2,
    'stroke-dasharray': dashed ? '4 4' : undefined,
  });
}

/** One line per series, top right of the plotting area's left edge. */
export function legend(
  names: readonly string[],
  colorOf: (index: number) => string,
  at: number,
  top = 46,
): string {
  return names
    .map(
      (name, i) =>
        el('rect', { x: at, y: top + i * 17 - 9, width: 10, height: 10, rx: 2, fill: colorOf(i) }) +
        label(at + 15, top + i * 17, name, { 'font-size': 11 }),
    )
    .join('');
}
