import { type Diagnostic, LineIndex, reportLoad } from '../../diagnostics/index.ts';
import type { Inventory } from '../files/inventory.ts';
import type {
  ConfigLayer,
  NodeKind,
  NodeProperties,
  ProjectNode,
  ProjectPaths,
  SingularTest,
  SourceText,
} from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { get, itemsOf, textOf, type YamlNode } from '../yaml/tree.ts';
import { scanBlocks } from './blocks.ts';
import { FolderLayers } from './folder-layers.ts';
import { extension, stem } from './names.ts';
import { buildNodeProperties } from './node-properties.ts';

export interface NodeInput {
  readonly name: string;
  readonly doc: YamlDocument;
  readonly paths: ProjectPaths;
  readonly inventory: Inventory;
  readonly properties: readonly YamlDocument[];
  readonly readAll: (paths: readonly string[]) => SourceText[];
}

export interface BuiltNodes {
  readonly nodes: readonly ProjectNode[];
  readonly singularTests: readonly SingularTest[];
  readonly analyses: readonly SingularTest[];
  readonly testLayers: readonly ConfigLayer[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Entry {
  readonly doc: YamlDocument;
  readonly node: YamlNode;
}

/** Models, seeds, snapshots, singular tests and analyses, each with its layers and properties. */
export function buildNodes(input: NodeInput): BuiltNodes {
  const { name: project, doc, paths, inventory, readAll } = input;
  const diagnostics: Diagnostic[] = [];
  const nodes: ProjectNode[] = [];
  const entries = {
    model: entriesByName(input.properties, ['models']),
    seed: entriesByName(input.properties, ['seeds']),
    snapshot: entriesByName(input.properties, ['snapshots']),
    test: entriesByName(input.properties, ['data_tests', 'tests']),
    analysis: entriesByName(input.properties, ['analyses']),
  };
  const layers = {
    model: new FolderLayers(doc, ['models'], project),
    seed: new FolderLayers(doc, ['seeds'], project),
    snapshot: new FolderLayers(doc, ['snapshots'], project),
    test: new FolderLayers(doc, ['data_tests', 'tests'], project),
  };
  const add = (
    kind: NodeKind,
    name: string,
    file: SourceText,
    folders: readonly string[],
    body?: ProjectNode['body'],
  ) => {
    nodes.push({
      kind,
      uniqueId: `${kind}.${project}.${name}`,
      name,
      language: languages[extension(file.path)] ?? 'sql',
      file,
      body,
      layers: withProperties(
        layers[kind].layersOf([...foldersBelow(file.path, folders), name]),
        entries[kind].get(name),
      ),
      properties: propertiesOf(entries[kind].get(name)),
    });
  };
  for (const file of readAll(inventory.models)) add('model', stem(file.path), file, paths.models);
  for (const file of readAll(inventory.seeds)) add('seed', stem(file.path), file, paths.seeds);
  for (const file of readAll(inventory.snapshots)) {
    const lines = new LineIndex(file.text);
    const { blocks, unclosed } = scanBlocks(file.text, 'snapshot');
    for (const block of blocks) {
      add(
        'snapshot',
        block.name,
        file,
        paths.snapshots,
        lines.span(file.path, block.bodyStart, block.bodyEnd),
      );
    }
    for (const { name, start, end } of unclosed) {
      diagnostics.push(
        reportLoad(
          'CH124',
          {
            problem: `the snapshot \`${name}\` is not closed`,
            fix: 'Write `{% endsnapshot %}` after its select.',
          },
          { span: lines.span(file.path, start, end) },
        ),
      );
    }
  }
  for (const [name, { doc: yaml, node }] of entries.snapshot) {
    const relation = get(node, 'relation');
    if (relation !== undefined)
      add('snapshot', name, yaml.file, [...paths.snapshots, ...paths.models], yaml.span(relation));
  }
  const singular = (
    file: SourceText,
    kind: 'test' | 'analysis',
    folders: readonly string[],
  ): SingularTest => {
    const name = stem(file.path);
    const entry = entries[kind].get(name);
    const own = kind === 'test' ? layers.test.layersOf([...foldersBelow(file.path, folders), name]) : [];
    return {
      kind: 'test',
      uniqueId: `${kind}.${project}.${name}`,
      name,
      file,
      layers: withProperties(own, entry),
      properties: propertiesOf(entry),
    };
  };
  return {
    nodes,
    singularTests: readAll(inventory.tests).map((file) => singular(file, 'test', paths.tests)),
    analyses: readAll(inventory.analyses).map((file) => singular(file, 'analysis', paths.analyses)),
    testLayers: layers.test.layersOf([]),
    diagnostics,
  };
}

const languages: Readonly<Record<string, ProjectNode['language']>> = {
  '.sql': 'sql',
  '.ts': 'ts',
  '.csv': 'csv',
  '.yml': 'yaml',
  '.yaml': 'yaml',
};

function propertiesOf(entry: Entry | undefined): NodeProperties | undefined {
  return entry === undefined ? undefined : buildNodeProperties(entry.doc, entry.node);
}

function withProperties(layers: readonly ConfigLayer[], entry: Entry | undefined): readonly ConfigLayer[] {
  if (entry === undefined) return layers;
  const { config } = buildNodeProperties(entry.doc, entry.node);
  return Object.keys(config.values).length === 0 ? layers : [...layers, config];
}

function entriesByName(properties: readonly YamlDocument[], sections: readonly string[]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const doc of properties) {
    for (const node of sections.flatMap((section) => itemsOf(get(doc.root, section)))) {
      const name = textOf(get(node, 'name'));
      if (name !== undefined && !entries.has(name)) entries.set(name, { doc, node });
    }
  }
  return entries;
}

/** Folders between the section's path and the file. */
function foldersBelow(path: string, folders: readonly string[]): string[] {
  const base = folders
    .filter((folder) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
  return path
    .slice(base === undefined ? 0 : base.length + 1)
    .split('/')
    .slice(0, -1);
}
