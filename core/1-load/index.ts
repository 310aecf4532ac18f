export type * from './project.ts';
