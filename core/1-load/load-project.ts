import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Diagnostic, reportLoad, sortDiagnostics } from '../diagnostics/index.ts';
import { buildDocs } from './build/docs.ts';
import { buildNodes } from './build/nodes.ts';
import { buildPaths } from './build/paths.ts';
import { buildPrediction } from './build/prediction.ts';
import { buildExposure, buildHooks, buildMonitoring, buildSelectors } from './build/rest.ts';
import { buildSource } from './build/sources.ts';
import { buildTargets } from './build/targets.ts';
import { buildTraining } from './build/training.ts';
import { buildVars } from './build/vars.ts';
import { takeInventory } from './files/inventory.ts';
import { readProjectFile } from './files/reader.ts';
import type { LoadOptions, LoadResult, Project, SourceText } from './project.ts';
import { YamlDocument } from './yaml/document.ts';
import { parseYaml } from './yaml/parse.ts';
import { get, itemsOf, textOf } from './yaml/tree.ts';

const projectFileName = 'churn_project.yml';

/**
 * Reads a project folder: every file once, validated, every problem of every file reported.
 *
 * @example
 * const { project, diagnostics } = await loadProject({ projectDir: '.', target: 'dev' });
 */
export async function loadProject(options: LoadOptions): Promise<LoadResult> {
  const root = resolve(options.projectDir);
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, SourceText>();
  const read = (path: string): SourceText | undefined => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    const { file, diagnostics: problems } = readProjectFile(root, path);
    diagnostics.push(...problems);
    if (file !== undefined) texts.set(path, file);
    return file;
  };
  const readAll = (paths: readonly string[]): SourceText[] => paths.flatMap((path) => read(path) ?? []);
  const parse = async (file: SourceText): Promise<YamlDocument> => {
    const parsed = await parseYaml(file);
    diagnostics.push(...parsed.diagnostics);
    return new YamlDocument(file, parsed.root);
  };
  if (!existsSync(join(root, projectFileName))) {
    const dbtFile = existsSync(join(root, 'dbt_project.yml'));
    return { diagnostics: [reportLoad('CH100', { dir: options.projectDir, dbtFile })] };
  }
  const projectFile = read(projectFileName);
  if (projectFile === undefined) return { diagnostics };
  const doc = await parse(projectFile);
  const name = textOf(get(doc.root, 'name'));
  if (name === undefined) {
    if (diagnostics.length === 0) {
      diagnostics.push(
        reportLoad('CH111', { key: 'name', where: projectFileName }, { span: doc.range(0, 0) }),
      );
    }
    return { diagnostics };
  }
  const paths = buildPaths(doc.root, options.targetPath);
  const inventory = takeInventory(root, paths);
  diagnostics.push(...inventory.diagnostics);
  const properties: YamlDocument[] = [];
  for (const file of readAll(inventory.properties)) properties.push(await parse(file));
  const { targets, target, diagnostics: targetProblems } = buildTargets(doc, paths, options);
  diagnostics.push(...targetProblems);
  const { docs, diagnostics: docsProblems } = buildDocs(readAll(inventory.docs));
  diagnostics.push(...docsProblems);
  const built = buildNodes({ name, doc, paths, inventory, properties, readAll });
  diagnostics.push(...built.diagnostics);
  const [policyFile] = readAll(inventory.policy);
  const policy = policyFile === undefined ? undefined : await parse(policyFile);
  const selectorsFile = existsSync(join(root, 'selectors.yml')) ? read('selectors.yml') : undefined;
  const language = (file: SourceText): 'sql' | 'ts' => (file.path.endsWith('.ts') ? 'ts' : 'sql');
  const project: Project = {
    root,
    name,
    version: textOf(get(doc.root, 'version')),
    projectFile,
    paths,
    vars: buildVars(doc.root, name, options.vars),
    targets,
    target,
    nodes: built.nodes,
    sources: properties.flatMap((file) =>
      itemsOf(get(file.root, 'sources')).flatMap((source) => buildSource(file, name, source)),
    ),
    singularTests: built.singularTests,
    analyses: built.analyses,
    macros: readAll(inventory.macros).map((file) => ({ file, language: language(file) })),
    docs,
    exposures: properties.flatMap((file) =>
      itemsOf(get(file.root, 'exposures')).map((node) => buildExposure(file, name, node)),
    ),
    selectors: selectorsFile === undefined ? [] : buildSelectors(await parse(selectorsFile)),
    simulation: readAll(inventory.simulation),
    typedFiles: readAll(inventory.typed),
    policy: policy?.root === undefined ? undefined : policy.located(policy.root),
    hooks: buildHooks(doc),
    testLayers: built.testLayers,
    prediction: buildPrediction(doc),
    training: buildTraining(doc),
    monitoring: buildMonitoring(doc),
    text: (path) => texts.get(path)?.text,
    hash: hashOf(texts),
  };
  return { project, diagnostics: sortDiagnostics(diagnostics) };
}

function hashOf(texts: ReadonlyMap<string, SourceText>): string {
  const hash = createHash('sha256');
  for (const path of [...texts.keys()].sort()) hash.update(`${path}\0${texts.get(path)?.hash}\n`);
  return hash.digest('hex').slice(0, 32);
}
