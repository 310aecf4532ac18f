import type { Frame, FrameBound, FrameUnit, WindowCall } from '../expression.ts';
import { decodeExpression, decodeOrderItem } from './expression.ts';
import { type Shape, UnknownShape } from './shape.ts';

const exclusions = {
  NO_OTHER: 'no others',
  CURRENT_ROW: 'current row',
  GROUP: 'group',
  TIES: 'ties',
} as const;

/** Decodes a `WindowExpression`; LEAD and LAG keep their offset and default as second and third argument. */
export function decodeWindow(shape: Shape): Omit<WindowCall, 'at' | 'alias'> {
  shape.require('schema', '');
  shape.require('catalog', '');
  const filter = shape.optional('filter_expr', decodeExpression);
  const args = shape.list('children', decodeExpression);
  const offset = shape.optional('offset_expr', decodeExpression);
  const fallback = shape.optional('default_expr', decodeExpression);
  return {
    kind: 'window',
    name: shape.string('function_name'),
    args: [...args, ...(offset ? [offset] : []), ...(fallback ? [fallback] : [])],
    distinct: shape.boolean('distinct'),
    ...(filter === undefined ? {} : { filter }),
    ignoreNulls: shape.boolean('ignore_nulls'),
    argOrderBy: shape.list('arg_orders', decodeOrderItem),
    partitionBy: shape.list('partitions', decodeExpression),
    orderBy: shape.list('orders', decodeOrderItem),
    frame: decodeFrame(shape),
  };
}

function decodeFrame(shape: Shape): Frame {
  const start = shape.string('start');
  const end = shape.string('end');
  return {
    unit: unitOf(start) ?? unitOf(end) ?? 'rows',
    start: decodeBound(start, shape, 'start_expr'),
    end: decodeBound(end, shape, 'end_expr'),
    exclude: shape.oneOf('exclude_clause', exclusions),
  };
}

/** The unit is part of the bound's name, except on unbounded ones. */
function unitOf(bound: string): FrameUnit | undefined {
  const unit = /_(ROWS|RANGE|GROUPS)$/.exec(bound)?.[1];
  return unit?.toLowerCase() as FrameUnit | undefined;
}

function decodeBound(bound: string, shape: Shape, key: string): FrameBound {
  const offset = shape.optional(key, decodeExpression);
  if (bound === 'UNBOUNDED_PRECEDING') return { kind: 'unbounded-preceding' };
  if (bound === 'UNBOUNDED_FOLLOWING') return { kind: 'unbounded-following' };
  if (bound.startsWith('CURRENT_ROW_')) return { kind: 'current-row' };
  if (offset !== undefined && bound.startsWith('EXPR_PRECEDING_')) return { kind: 'preceding', offset };
  if (offset !== undefined && bound.startsWith('EXPR_FOLLOWING_')) return { kind: 'following', offset };
  throw new UnknownShape(`frame bound ${bound}`, shape.path);
}
