import type { ProjectPaths } from '../project.ts';
import { get, oneOrMany, textOf, type YamlNode } from '../yaml/tree.ts';

/** Key of the project file, and the folders meant when it is not there. */
export const pathKeys = {
  models: { key: 'model-paths', fallback: ['models'] },
  macros: { key: 'macro-paths', fallback: ['macros'] },
  seeds: { key: 'seed-paths', fallback: ['seeds'] },
  snapshots: { key: 'snapshot-paths', fallback: ['snapshots'] },
  tests: { key: 'test-paths', fallback: ['tests'] },
  analyses: { key: 'analysis-paths', fallback: ['analyses'] },
  docs: { key: 'docs-paths', fallback: [] },
  features: { key: 'feature-paths', fallback: ['features'] },
  audits: { key: 'audit-paths', fallback: ['audits'] },
} as const;

/** Where the project's files lie. `docs` defaults to all other folders, as in dbt; `audits` are tests too. */
export function buildPaths(root: YamlNode | undefined, targetPath: string | undefined): ProjectPaths {
  const list = (name: keyof typeof pathKeys): string[] => {
    const { key, fallback } = pathKeys[name];
    return get(root, key) === undefined ? [...fallback] : listAt(root, key);
  };
  const code = {
    models: list('models'),
    macros: list('macros'),
    seeds: list('seeds'),
    snapshots: list('snapshots'),
    analyses: list('analyses'),
    features: list('features'),
    audits: list('audits'),
  };
  const tests = [...new Set([...list('tests'), ...code.audits])];
  const docs = list('docs');
  return {
    ...code,
    tests,
    docs: docs.length > 0 ? docs : [...new Set([...Object.values(code).flat(), ...tests])],
    cleanTargets: listAt(root, 'clean-targets'),
    simulate: tidy(textOf(get(root, 'simulate-path')) ?? 'simulate'),
    target: tidy(targetPath ?? textOf(get(root, 'target-path')) ?? 'target'),
  };
}

/** The folders under a key, without those that leave the project. */
function listAt(root: YamlNode | undefined, key: string): string[] {
  const paths = oneOrMany(get(root, key)).flatMap((item) => textOf(item) ?? []);
  return [...new Set(paths.map(tidy).filter((path) => !isOutside(path)))];
}

/** Absolute, or above the project's folder. */
export function isOutside(path: string): boolean {
  return /^([/\\]|[A-Za-z]:|\.\.([/\\]|$))/.test(path) || /[/\\]\.\.([/\\]|$)/.test(path);
}

/** `./models/` is `models`. */
function tidy(path: string): string {
  return (
    path
      .replaceAll('\\', '/')
      .replace(/^(\.\/)+/, '')
      .replace(/\/+$/, '') || '.'
  );
}
