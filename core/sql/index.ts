export { decodeSerialisedSql } from './ast/decode/query.ts';
export { UnknownShape } from './ast/decode/shape.ts';
export type * from './ast/expression.ts';
export type * from './ast/query.ts';
export {
  mapExpression,
  mapFrom,
  mapQuery,
  type QueryMaps,
  type Rewriter,
  rewriteExpression,
  rewriteFrom,
  rewriteQuery,
  someExpression,
} from './ast/rewrite.ts';
export type * from './ast/type.ts';
export { childrenOf } from './plan/children.ts';
export { decodePlan } from './plan/decode/operator.ts';
export type * from './plan/expression.ts';
export type * from './plan/operator.ts';
