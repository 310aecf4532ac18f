export { RenderCache } from './cache/render-cache.ts';
export { CompiledMap, type SourceMapData } from './compile/source-map.ts';
export * from './define/index.ts';
export type { RenderOptions } from './options.ts';
export { type RenderedAgain, renderNode } from './render-again.ts';
export { renderProject } from './render-project.ts';
export { type RenderedScript, renderScripts } from './render-scripts.ts';
export type * from './rendered.ts';
export { expandTyped } from './typed/expand.ts';
