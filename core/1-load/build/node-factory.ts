import type { Span } from '../../diagnostics/index.ts';
import type {
  ConfigLayer,
  NodeKind,
  NodeProperties,
  ProjectNode,
  SingularTest,
  SourceText,
} from '../project.ts';
import { extension } from './names.ts';
import type { PropertyEntry } from './property-entries.ts';

interface NodeParts {
  readonly uniqueId: string;
  readonly name: string;
  readonly file: SourceText;
  readonly folderLayers: readonly ConfigLayer[];
  readonly entry: PropertyEntry | undefined;
  /** Hash of what the folder layers come from. */
  readonly projectHash: string;
}

/** A model, seed or snapshot whose properties are built when asked for. */
export function makeNode(kind: NodeKind, parts: NodeParts, body: Span | undefined): ProjectNode {
  const lazy = new LazyParts(parts);
  return Object.freeze({
    kind,
    uniqueId: parts.uniqueId,
    name: parts.name,
    language: languages[extension(parts.file.path)] ?? 'sql',
    file: parts.file,
    body,
    contentKey: contentKey(parts),
    get layers() {
      return lazy.layers;
    },
    get properties() {
      return lazy.properties;
    },
  });
}

/** A singular test or an analysis. */
export function makeSingularTest(parts: NodeParts): SingularTest {
  const lazy = new LazyParts(parts);
  return Object.freeze({
    kind: 'test',
    uniqueId: parts.uniqueId,
    name: parts.name,
    file: parts.file,
    contentKey: contentKey(parts),
    get layers() {
      return lazy.layers;
    },
    get properties() {
      return lazy.properties;
    },
  });
}

class LazyParts {
  #layers: readonly ConfigLayer[] | undefined;

  constructor(readonly parts: NodeParts) {}

  get properties(): NodeProperties | undefined {
    return this.parts.entry?.properties;
  }

  get layers(): readonly ConfigLayer[] {
    if (this.#layers === undefined) {
      const { folderLayers } = this.parts;
      const own = this.properties?.config;
      const isEmpty = own === undefined || Object.keys(own.values).length === 0;
      this.#layers = isEmpty ? folderLayers : Object.freeze([...folderLayers, own]);
    }
    return this.#layers;
  }
}

function contentKey({ file, entry, projectHash }: NodeParts): string {
  const properties = entry === undefined ? '' : `${entry.file.file.hash}#${entry.entry.index}`;
  return `${file.hash}|${properties}|${projectHash}`;
}

const languages: Readonly<Record<string, ProjectNode['language']>> = {
  '.sql': 'sql',
  '.ts': 'ts',
  '.csv': 'csv',
  '.yml': 'yaml',
  '.yaml': 'yaml',
};
