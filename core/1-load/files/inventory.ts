import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { extension } from '../build/names.ts';
import type { ProjectPaths } from '../project.ts';
import { walk } from './walk.ts';

/** The project's files by what they are for; paths relative to the root. */
export interface Inventory {
  readonly models: readonly string[];
  readonly seeds: readonly string[];
  readonly snapshots: readonly string[];
  readonly tests: readonly string[];
  /** Rows of unit tests, in folders `fixtures` of the test paths. */
  readonly fixtures: readonly string[];
  readonly analyses: readonly string[];
  readonly macros: readonly string[];
  readonly typed: readonly string[];
  /** Feature views: one per file of `features/`. */
  readonly views: readonly string[];
  readonly docs: readonly string[];
  readonly properties: readonly string[];
  readonly policy: readonly string[];
  readonly simulation: readonly string[];
  /** Python models and the like: refused by name. */
  readonly foreign: readonly string[];
  /** Folders that do not exist. */
  readonly missing: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
  /** Every file of every folder that was walked. */
  readonly listing: readonly string[];
}

const propertyFolders = [
  'models',
  'seeds',
  'snapshots',
  'macros',
  'tests',
  'analyses',
  'audits',
  'features',
] as const;

/** Walks every folder the project names, each once, and sorts what lies there by purpose. */
export function takeInventory(root: string, paths: ProjectPaths): Inventory {
  const missing = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<string, readonly string[]>();
  const skip = new Set([paths.target]);
  const below = (folder: string): readonly string[] => {
    let files = seen.get(folder);
    if (files === undefined) {
      const absolute = join(root, folder);
      if (existsSync(absolute) && statSync(absolute).isDirectory()) {
        const walked = walk(root, folder, skip);
        diagnostics.push(...walked.diagnostics);
        files = walked.files;
      } else {
        missing.add(folder);
        files = [];
      }
      seen.set(folder, files);
    }
    return files;
  };
  const all = (folders: readonly string[], ...extensions: readonly string[]): string[] => {
    const files = folders.flatMap((folder) =>
      below(folder).filter((file) => extensions.includes(extension(file)) && !file.endsWith('.d.ts')),
    );
    return [...new Set(files)];
  };
  const isGeneric = (file: string): boolean =>
    paths.tests.some((folder) => file.startsWith(`${folder}/generic/`));
  const isFixture = (file: string): boolean =>
    paths.tests.some((folder) => file.startsWith(`${folder}/fixtures/`));
  // `_shared.ts` holds what several typed files import; it declares nothing by itself.
  const declares = (file: string): boolean => !/(^|\/)_[^/]*\.ts$/.test(file);
  const tests = all(paths.tests, '.sql');
  const propertyFiles = all([...new Set(propertyFolders.flatMap((name) => paths[name]))], '.yml', '.yaml');
  const isPolicy = (file: string): boolean =>
    paths.audits.some((folder) => file === `${folder}/policy.yml` || file === `${folder}/policy.yaml`);
  const inventory = {
    models: all(paths.models, '.sql', '.ts').filter(declares),
    views: all(paths.features, '.ts').filter(declares),
    seeds: all(paths.seeds, '.csv'),
    snapshots: all(paths.snapshots, '.sql'),
    tests: tests.filter((file) => !isGeneric(file) && !isFixture(file)),
    fixtures: all(paths.tests, '.csv', '.sql').filter(isFixture),
    analyses: all(paths.analyses, '.sql'),
    macros: [...all(paths.macros, '.sql', '.ts'), ...tests.filter(isGeneric)],
    typed: [
      ...new Set([
        ...all(paths.features, '.ts'),
        ...all(paths.audits, '.ts'),
        ...all(paths.models, '.ts').filter((file) => !declares(file)),
      ]),
    ],
    docs: all(paths.docs, '.md'),
    properties: propertyFiles.filter((file) => !isPolicy(file)),
    policy: propertyFiles.filter(isPolicy),
    simulation: all([paths.simulate], '.sql'),
    foreign: all(paths.models, '.py', '.ipynb'),
    missing,
    diagnostics,
  };
  return { ...inventory, listing: [...new Set([...seen.values()].flat())] };
}
