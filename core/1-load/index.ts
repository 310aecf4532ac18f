export { loadProject } from './load-project.ts';
export type * from './project.ts';
