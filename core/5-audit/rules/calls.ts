import type { RenderedNode, RuleCall } from '../../2-render/index.ts';
import type { Span } from '../../diagnostics/index.ts';
import { decodeSerialisedSql, type Expression, rewriteQuery, UnknownShape } from '../../sql/index.ts';
import type { Engine } from '../engine.ts';

/** A call, and where it is written. */
export interface PlacedCall {
  readonly call: RuleCall;
  readonly span: Span;
}

/** Functions that are called without brackets, and parse as columns. */
const BARE = new Set(['current_date', 'current_timestamp', 'current_time', 'localtime', 'localtimestamp']);

/** The function calls in a model's SQL, as written; none where the SQL cannot be read. */
export async function callsIn(engine: Engine, node: RenderedNode): Promise<readonly PlacedCall[]> {
  const [row] = await engine.rows('select json_serialize_sql($1::varchar) as tree', [node.sql]);
  const found: PlacedCall[] = [];
  const add = (name: string, count: number, at: number | undefined): void => {
    const span = (at === undefined ? undefined : node.map.originOf(at)?.span) ?? node.span;
    found.push({
      call: Object.freeze({ name: name.toLowerCase(), model: node.name, arguments: count }),
      span,
    });
  };
  try {
    const parsed = decodeSerialisedSql(String(row?.tree));
    if ('error' in parsed) return [];
    rewriteQuery(parsed.query, {
      expression: (expression: Expression) => {
        if (expression.kind === 'call' && !expression.operator)
          add(expression.name, expression.args.length, expression.at);
        if (expression.kind === 'window') add(expression.name, expression.args.length, expression.at);
        if (expression.kind === 'column' && expression.path.length === 1) {
          const [name = ''] = expression.path;
          if (BARE.has(name.toLowerCase())) add(name, 0, expression.at);
        }
        return expression;
      },
    });
  } catch (error) {
    if (!(error instanceof UnknownShape)) throw error;
  }
  return found;
}
