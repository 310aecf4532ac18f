/**
 * The framework's public face: what the CLI, operations and typed project files may import.
 *
 * @module
 */
export * from './1-load/index.ts';
export * from './2-render/index.ts';
export * from './3-graph/index.ts';
export * from './4-bind/index.ts';
export * from './5-audit/index.ts';
export * from './6-emit/index.ts';
export * from './7-run/index.ts';
export * from './diagnostics/index.ts';
export * from './pipeline.ts';
