export { decodeSerialisedSql } from './ast/decode/query.ts';
export { UnknownShape } from './ast/decode/shape.ts';
export type * from './ast/expression.ts';
export type * from './ast/query.ts';
export type * from './ast/type.ts';
