import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Inventory } from '../files/inventory.ts';
import type {
  ConfigLayer,
  NodeKind,
  ProjectNode,
  ProjectPaths,
  SingularTest,
  SourceText,
} from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import type { PropertiesFile } from '../yaml/properties-file.ts';
import { get } from '../yaml/tree.ts';
import { FolderLayers } from './folder-layers.ts';
import { stem } from './names.ts';
import { makeNode, makeSingularTest } from './node-factory.ts';
import { byName, entriesOfSections, type PropertyEntry } from './property-entries.ts';
import { snapshotBlocks } from './snapshots.ts';

export interface NodeInput {
  readonly project: string;
  readonly projectFile: YamlDocument;
  readonly paths: ProjectPaths;
  readonly inventory: Inventory;
  readonly properties: readonly PropertiesFile[];
  readonly readAll: (paths: readonly string[]) => SourceText[];
}

export interface BuiltNodes {
  readonly nodes: readonly ProjectNode[];
  readonly singularTests: readonly SingularTest[];
  readonly analyses: readonly SingularTest[];
  readonly testLayers: readonly ConfigLayer[];
  /** Properties by kind, for the checks across files. */
  readonly entries: Readonly<Record<NodeKind | 'test' | 'analysis', readonly PropertyEntry[]>>;
  readonly layers: readonly FolderLayers[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Models, seeds, snapshots, singular tests and analyses, each with its layers and properties. */
export function buildNodes(input: NodeInput): BuiltNodes {
  const { project, projectFile, paths, inventory, readAll } = input;
  const diagnostics: Diagnostic[] = [];
  const entries = {
    model: entriesOfSections(input.properties, ['models']),
    seed: entriesOfSections(input.properties, ['seeds']),
    snapshot: entriesOfSections(input.properties, ['snapshots']),
    test: entriesOfSections(input.properties, ['data_tests', 'tests']),
    analysis: entriesOfSections(input.properties, ['analyses']),
  };
  const named = {
    model: byName(entries.model),
    seed: byName(entries.seed),
    snapshot: byName(entries.snapshot),
    test: byName(entries.test),
    analysis: byName(entries.analysis),
  };
  const layers = {
    model: new FolderLayers(projectFile, ['models'], project, [...paths.models, ...paths.features]),
    seed: new FolderLayers(projectFile, ['seeds'], project, paths.seeds),
    snapshot: new FolderLayers(projectFile, ['snapshots'], project, [...paths.snapshots, ...paths.models]),
    test: new FolderLayers(projectFile, ['data_tests', 'tests'], project, paths.tests),
    analysis: new FolderLayers(projectFile, [], project, paths.analyses),
  };
  const partsOf = (kind: keyof typeof layers, name: string, file: SourceText) => ({
    uniqueId: `${kind}.${project}.${name}`,
    name,
    file,
    folderLayers: layers[kind].layersOfFile(file.path, name),
    entry: named[kind].get(name),
    projectHash: projectFile.file.hash,
  });
  const nodes: ProjectNode[] = [];
  for (const file of readAll([...inventory.models, ...inventory.views])) {
    nodes.push(makeNode('model', partsOf('model', stem(file.path), file), undefined));
  }
  for (const file of readAll(inventory.seeds)) {
    nodes.push(makeNode('seed', partsOf('seed', stem(file.path), file), undefined));
  }
  for (const file of readAll(inventory.snapshots)) {
    const found = snapshotBlocks(file);
    diagnostics.push(...found.diagnostics);
    for (const { name, body } of found.blocks) {
      nodes.push(makeNode('snapshot', partsOf('snapshot', name, file), body));
    }
  }
  for (const entry of named.snapshot.values()) {
    const relation = get(entry.node, 'relation');
    if (relation === undefined) continue;
    const body = entry.document.span(relation);
    nodes.push(makeNode('snapshot', partsOf('snapshot', entry.name, entry.file.file), body));
  }
  const singular = (kind: 'test' | 'analysis', file: SourceText): SingularTest =>
    makeSingularTest(partsOf(kind, stem(file.path), file));
  return {
    nodes,
    singularTests: readAll(inventory.tests).map((file) => singular('test', file)),
    analyses: readAll(inventory.analyses).map((file) => singular('analysis', file)),
    testLayers: layers.test.layersOfAll(),
    entries,
    layers: Object.values(layers),
    diagnostics,
  };
}
