export type * from './bound.ts';
