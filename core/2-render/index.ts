export type * from './rendered.ts';
