export { loadProject } from './load-project.ts';
export type * from './located.ts';
export type * from './prediction.ts';
export type * from './project.ts';
