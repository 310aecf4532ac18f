import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';

/**
 * The import law: imports look down, never up, type-only imports too. Each area names what it may import;
 * whatever is not named is forbidden.
 */
const root = join(import.meta.dirname, '..');
const frameworkFiles = globSync('{core,ml,ops,cli}/**/*.{ts,tsx}', {
  cwd: root,
  ignore: ['ml/kernels/assembly/**', '**/templates/**'],
}).sort();
const projectFiles = globSync('{models,macros,features,audits,examples}/**/*.ts', {
  cwd: root,
  ignore: ['**/target/**'],
}).sort();

interface Import {
  readonly from: string;
  /** `#core`, `node:fs`, a package name, or a path relative to the root for relative imports. */
  readonly to: string;
}

const importPattern =
  /(?:^|[\s;])(?:import|export)\s+(?:type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...text.matchAll(importPattern)].map((match) => {
    const specifier = (match[1] ?? match[2]) as string;
    const to = specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier;
    return { from: file, to };
  });
}

/** The area a framework file belongs to: `core/1-load`, `core/sql`, `core/pipeline.ts`, `ml`, `cli/views`... */
function areaOf(path: string): string {
  const [top, second] = path.split('/') as [string, string | undefined];
  if (top === 'core') return second?.endsWith('.ts') ? `core/${second}` : `core/${second}`;
  if (top === 'cli' && second === 'views') return 'cli/views';
  return top;
}

const phases = ['1-load', '2-render', '3-graph', '4-bind', '5-audit', '6-emit', '7-run'];

/** True when the law allows `from` to import `to`, both framework paths of different areas. */
function mayImport(from: string, to: string): boolean {
  const area = areaOf(from);
  const target = areaOf(to);
  const toIndex = to === `${target}/index.ts`;
  if (target === 'core/diagnostics') return area.startsWith('core/') && toIndex;
  if (target === 'core/sql') {
    const isPhase = phases.includes(area.slice('core/'.length));
    return toIndex && (isPhase || area === 'core/pipeline.ts' || area === 'core/index.ts');
  }
  if (area === 'core/pipeline.ts' || area === 'core/index.ts')
    return toIndex || target === 'core/pipeline.ts';
  const phase = phases.indexOf(area.slice('core/'.length));
  if (phase >= 0) {
    const other = phases.indexOf(target.slice('core/'.length));
    return toIndex && other >= 0 && other < phase && !(target === 'core/5-audit' && phase > 4);
  }
  return (area === 'cli' && target === 'cli/views') || (area === 'cli/views' && target === 'cli');
}

const aliases: Readonly<Record<string, readonly string[]>> = {
  ops: ['#core', '#ml'],
  cli: ['#core', '#ml', '#ops'],
  'cli/views': ['#core', '#ml', '#ops'],
};

describe('the import law', () => {
  const imports = frameworkFiles.flatMap(importsOf);

  test('finds the imports it is to judge', () => {
    expect(imports.length).toBeGreaterThan(frameworkFiles.length);
  });

  test('relative imports look down', () => {
    const framework = /^(core|ml|ops|cli)\//;
    const broken = imports.filter(
      ({ from, to }) => framework.test(to) && areaOf(from) !== areaOf(to) && !mayImport(from, to),
    );
    expect(broken).toEqual([]);
  });

  test('relative imports stay inside the framework', () => {
    const outside = imports.filter(
      ({ to }) =>
        /^(models|macros|features|audits|seeds|simulate|examples|tests|bench)\//.test(to) ||
        to.startsWith('..'),
    );
    expect(outside).toEqual([]);
  });

  test('areas meet through #core, #ml and #ops only where the law names them', () => {
    const broken = imports.filter(
      ({ from, to }) => to.startsWith('#') && !(aliases[areaOf(from)] ?? []).includes(to),
    );
    expect(broken).toEqual([]);
  });

  test('only cli/views imports Ink and React', () => {
    const ink = imports.filter(({ to }) => /^(ink|react)(\/|$)/.test(to));
    expect(ink.filter(({ from }) => areaOf(from) !== 'cli/views')).toEqual([]);
  });

  test('ml imports node and itself only, so that it can be published alone', () => {
    const broken = imports.filter(
      ({ from, to }) => areaOf(from) === 'ml' && !to.startsWith('node:') && !to.startsWith('ml/'),
    );
    expect(broken).toEqual([]);
  });

  test('diagnostics, sql and the graph touch neither files nor engines', () => {
    const readers = imports.filter(
      ({ from, to }) =>
        /^(node:fs|@duckdb\/node-api)/.test(to) && /^core\/(diagnostics|sql|3-graph)\//.test(from),
    );
    expect(readers).toEqual([]);
  });

  test('project files import #core only', () => {
    const broken = projectFiles
      .flatMap(importsOf)
      .filter(({ to }) => to !== '#core' && !/^(models|macros|features|audits|examples|target)\//.test(to));
    expect(broken).toEqual([]);
  });
});
