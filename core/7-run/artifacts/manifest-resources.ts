import type { ConfigValue, Exposure, Project } from '../../1-load/index.ts';
import type { ManifestContext } from './manifest.ts';
import { fqn, withoutFolder } from './manifest-node.ts';

const definition = /\{%-?\s*(macro|test)\s+(\w+)[\s\S]*?\{%-?\s*end\1\s*-?%\}/g;

/** Jinja macros and generic tests by unique_id; a typed macro file's exports carry the whole file as their text. */
export function manifestMacros(project: Project): Record<string, object> {
  const macros: Record<string, object> = {};
  const add = (name: string, path: string, text: string) => {
    const id = `macro.${project.name}.${name}`;
    macros[id] = {
      name,
      resource_type: 'macro',
      package_name: project.name,
      path,
      original_file_path: path,
      unique_id: id,
      macro_sql: text,
      depends_on: { macros: [] },
      description: '',
      meta: {},
      arguments: [],
    };
  };
  for (const { file, language } of project.macros) {
    if (language === 'ts') {
      const names = file.text.matchAll(/export\s+(?:const|function)\s+(\w+)/g);
      for (const [, name] of names) add(String(name), file.path, file.text);
    } else {
      for (const [text, kind, name] of file.text.matchAll(definition)) {
        add(kind === 'test' ? `test_${name}` : String(name), file.path, text);
      }
    }
  }
  return macros;
}

export function manifestDocs(project: Project): Record<string, object> {
  return Object.fromEntries(
    [...project.docs.values()].map((block) => {
      const id = `doc.${project.name}.${block.name}`;
      const path = block.span.file;
      const place = { path: withoutFolder(path), original_file_path: path };
      const own = { name: block.name, resource_type: 'doc', package_name: project.name, unique_id: id };
      return [id, { ...own, ...place, block_contents: block.text }];
    }),
  );
}

export function manifestExposures(context: ManifestContext): Record<string, object> {
  return Object.fromEntries(
    context.project.exposures.map((exposure) => [exposure.uniqueId, manifestExposure(exposure, context)]),
  );
}

function manifestExposure({ values, ...exposure }: Exposure, { project, graph }: ManifestContext): object {
  const path = exposure.span.file;
  const text = (key: string) => (typeof values[key] === 'string' ? values[key] : undefined);
  const nodes = exposure.dependsOn.flatMap(({ value }) => {
    const names = [...value.matchAll(/['"]([^'"]+)['"]/g)].map(([, name]) => name);
    const found = [...graph.nodes.values()].find((node) =>
      node.kind === 'source'
        ? names.length === 2 && node.sourceName === names[0] && node.name === names[1]
        : node.kind !== 'test' && node.name === names.at(-1),
    );
    return found === undefined ? [] : [found.uniqueId];
  });
  return {
    name: exposure.name,
    resource_type: 'exposure',
    package_name: project.name,
    path: withoutFolder(path),
    original_file_path: path,
    unique_id: exposure.uniqueId,
    fqn: fqn(project.name, path, exposure.name),
    type: text('type') ?? 'application',
    owner: owner(values.owner),
    description: text('description') ?? '',
    label: text('label') ?? null,
    maturity: text('maturity') ?? null,
    url: text('url') ?? null,
    meta: typeof values.meta === 'object' && !Array.isArray(values.meta) ? (values.meta ?? {}) : {},
    tags: Array.isArray(values.tags) ? values.tags.map(String) : [],
    depends_on: { macros: [], nodes },
  };
}

function owner(value: ConfigValue | undefined): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
