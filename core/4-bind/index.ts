export { bindProject } from './bind-project.ts';
export type { BindStatistics, Bound, BoundColumn, ColumnLineage } from './bound.ts';
export { BindCache } from './cache.ts';
export { engineVersion } from './engine/version.ts';
export { readerCall } from './sources/reader.ts';
export { typeOf } from './typegen/type-of.ts';
export { typeDeclarations } from './typegen/typegen.ts';
export { canonicalType, isTemporal } from './types.ts';
