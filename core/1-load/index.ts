// By star: the bundler then knows that who asks for these asks for nothing else of this folder.
export * from './files/project-stamp.ts';
export { loadProject } from './load-project.ts';
export type * from './located.ts';
export type * from './prediction.ts';
export type * from './project.ts';
