import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonText, writeWhole } from '../files.ts';

/** One line of the registry's history. */
export interface RegistryEntry {
  readonly run: string;
  /** ISO instant in UTC. */
  readonly at: string;
  readonly event: 'trained';
}

/** `registry/registry.json`: which run is in use, and how it came to be. */
export interface Registry {
  readonly schema_version: 1;
  readonly current: string | undefined;
  readonly history: readonly RegistryEntry[];
}

const empty: Registry = { schema_version: 1, current: undefined, history: [] };

export function registryPath(targetPath: string): string {
  return join(targetPath, 'registry', 'registry.json');
}

/** The registry as it stands; an empty one before the first training. */
export function readRegistry(targetPath: string): Registry {
  const path = registryPath(targetPath);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Registry) : empty;
}

/** The registry after a run was trained and taken into use; pure. */
export function withTrained(registry: Registry, run: string, at: Date): Registry {
  return {
    ...registry,
    current: run,
    history: [...registry.history, { run, at: at.toISOString(), event: 'trained' }],
  };
}

export function writeRegistry(targetPath: string, registry: Registry): void {
  writeWhole(registryPath(targetPath), jsonText(registry));
}
