import type { ConfigLayer, Exposure, ProjectPaths, SourceTable, UnitTestDeclaration } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import type { PropertiesFile } from '../yaml/properties-file.ts';
import { get, itemsOf } from '../yaml/tree.ts';
import { FolderLayers } from './folder-layers.ts';
import { buildExposure, buildUnitTest } from './rest.ts';
import { buildSource } from './sources.ts';

export interface Declarations {
  readonly sources: readonly SourceTable[];
  readonly exposures: readonly Exposure[];
  readonly unitTests: readonly UnitTestDeclaration[];
}

/** What properties files declare by themselves, without a file of its own. */
export function declarationsOf(
  properties: readonly PropertiesFile[],
  projectFile: YamlDocument,
  project: string,
  paths: ProjectPaths,
): Declarations {
  const sources: SourceTable[] = [];
  const exposures: Exposure[] = [];
  const unitTests: UnitTestDeclaration[] = [];
  const layers = new FolderLayers(projectFile, ['sources'], project, paths.models);
  for (const { file, document } of properties.filter(({ summary }) => summary.more)) {
    const layersOf = (source: string, table: string): readonly ConfigLayer[] =>
      layers.layersOfFile(`${file.path.slice(0, file.path.lastIndexOf('/'))}/${source}/${table}`, table);
    for (const node of itemsOf(get(document.root, 'sources'))) {
      sources.push(...buildSource(document, project, node, layersOf));
    }
    for (const node of itemsOf(get(document.root, 'exposures')))
      exposures.push(buildExposure(document, project, node));
    for (const node of itemsOf(get(document.root, 'unit_tests')))
      unitTests.push(buildUnitTest(document, node));
  }
  return { sources, exposures, unitTests };
}
