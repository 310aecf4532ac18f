import type { RenderedNode, RuleCall } from '../../2-render/index.ts';
import type { Span } from '../../diagnostics/index.ts';
import { type Expression, rewriteQuery } from '../../sql/index.ts';
import type { Engine } from '../engine.ts';
import { parseSql } from '../place/parse-sql.ts';

/** A call, and where it is written. */
export interface PlacedCall {
  readonly call: RuleCall;
  readonly span: Span;
}

/** Functions that are called without brackets, and parse as columns. */
const BARE = new Set(['current_date', 'current_timestamp', 'current_time', 'localtime', 'localtimestamp']);

/** The function calls in a model's SQL, as written; none where the SQL cannot be read. */
export async function callsIn(engine: Engine, node: RenderedNode): Promise<readonly PlacedCall[]> {
  const found: PlacedCall[] = [];
  const add = (name: string, count: number, at: number | undefined): void => {
    const span = (at === undefined ? undefined : node.map.originOf(at)?.span) ?? node.span;
    found.push({
      call: Object.freeze({ name: name.toLowerCase(), model: node.name, arguments: count }),
      span,
    });
  };
  const query = await parseSql(engine, node.sql);
  if (query === undefined) return [];
  rewriteQuery(query, {
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
  return found;
}
