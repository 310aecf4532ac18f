import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Diagnostic, reportLoad, sortDiagnostics } from '../diagnostics/index.ts';
import { declarationsOf } from './build/declarations.ts';
import { buildDocs } from './build/docs.ts';
import { startOf } from './build/names.ts';
import { buildNodes } from './build/nodes.ts';
import { buildPaths } from './build/paths.ts';
import { buildPolicy } from './build/policy.ts';
import { buildPrediction } from './build/prediction.ts';
import { buildHooks, buildMonitoring, buildSelectors } from './build/rest.ts';
import { buildTargets } from './build/targets.ts';
import { buildTraining } from './build/training.ts';
import { buildVars } from './build/vars.ts';
import { FileStore } from './files/file-store.ts';
import { takeInventory } from './files/inventory.ts';
import { takeStamp } from './files/take-stamp.ts';
import { deepFreeze } from './freeze.ts';
import type { LoadOptions, LoadResult, Project, SourceText } from './project.ts';
import { checkFiles, checkFolders, checkPaths } from './resolve/files.ts';
import { keepUnique } from './resolve/unique.ts';
import { checkPolicyModels, checkUnmatched } from './resolve/unmatched.ts';
import { get, textOf } from './yaml/tree.ts';
import { YamlReader } from './yaml/yaml-reader.ts';

const projectFileName = 'churn_project.yml';

/**
 * Reads a project folder: every file once, validated, every problem of every file reported.
 *
 * @example
 * const { project, diagnostics } = await loadProject({ projectDir: '.', target: 'dev' });
 */
export async function loadProject(options: LoadOptions): Promise<LoadResult> {
  const takenAt = Date.now();
  const root = resolve(options.projectDir);
  if (!existsSync(join(root, projectFileName))) {
    const dbtFile = existsSync(join(root, 'dbt_project.yml'));
    return { diagnostics: [reportLoad('CH100', { dir: options.projectDir, dbtFile })] };
  }
  const cacheFile = join(resolve(root, options.targetPath ?? 'target'), '.cache', 'load');
  const store = new FileStore(root, options.cache === false ? undefined : cacheFile);
  const text = (path: string): string | undefined => store.text(path);
  const yaml = new YamlReader(store);
  const doc = await yaml.readProject(projectFileName);
  const name = textOf(get(doc?.root, 'name'));
  if (doc === undefined || name === undefined) {
    const problems = [...store.diagnostics, ...yaml.diagnostics];
    const place = { span: startOf(projectFileName) };
    const what = 'it holds the name of the project and its settings';
    if (
      store.isBlank(projectFileName) ||
      (doc !== undefined && doc.root === undefined && problems.length === 0)
    ) {
      problems.push(reportLoad('CH109', { path: projectFileName, what }, place));
    }
    return { diagnostics: sortDiagnostics(problems), text };
  }
  const paths = buildPaths(doc.root, options.targetPath);
  const inventory = takeInventory(root, paths);
  const readAll = (files: readonly string[]): SourceText[] => store.readAll(files);
  const properties = await yaml.readProperties(inventory.properties);
  const built = buildNodes({ project: name, projectFile: doc, paths, inventory, properties, readAll });
  const declared = declarationsOf(properties, doc, name, paths);
  const policyDoc =
    inventory.policy[0] === undefined ? undefined : await yaml.read('policy', inventory.policy[0]);
  const policy = policyDoc === undefined ? undefined : buildPolicy(policyDoc);
  const selectors = existsSync(join(root, 'selectors.yml'))
    ? await yaml.read('selectors', 'selectors.yml')
    : undefined;
  const { docs, diagnostics: docsProblems } = buildDocs(readAll(inventory.docs));
  const { targets, target, diagnostics: targetProblems } = buildTargets(doc, paths, options);
  const typedFiles = readAll(inventory.typed);
  const macros = readAll(inventory.macros).map((file) => ({ file, language: languageOf(file) }));
  const simulation = readAll(inventory.simulation);
  const unique = keepUnique({ ...built, ...declared });
  const diagnostics: Diagnostic[] = [
    ...store.diagnostics,
    ...yaml.diagnostics,
    ...inventory.diagnostics,
    ...built.diagnostics,
    ...docsProblems,
    ...targetProblems,
    ...checkPaths(doc),
    ...checkFolders(doc, inventory),
    ...checkFiles(store, inventory),
    ...unique.diagnostics,
    ...checkUnmatched(built, name),
    ...checkPolicyModels(built, policy, inventory.policy[0]),
  ];
  const project: Project = {
    root,
    name,
    version: textOf(get(doc.root, 'version')),
    projectFile: doc.file,
    paths,
    vars: buildVars(doc.root, name, options.vars),
    targets,
    target,
    nodes: unique.nodes,
    sources: unique.sources,
    singularTests: unique.singularTests,
    analyses: built.analyses,
    macros,
    docs,
    exposures: unique.exposures,
    unitTests: unique.unitTests,
    fixtures: readAll(inventory.fixtures),
    selectors: selectors === undefined ? [] : buildSelectors(selectors),
    simulation,
    typedFiles,
    policy,
    hooks: buildHooks(doc),
    testLayers: built.testLayers,
    prediction: buildPrediction(doc),
    training: buildTraining(doc),
    monitoring: buildMonitoring(doc),
    text,
    hash: store.hash(),
  };
  store.close();
  const stamp = options.stamp
    ? takeStamp(root, paths, takenAt, store.stamped(), inventory.listing)
    : undefined;
  return { project: deepFreeze(project), diagnostics: sortDiagnostics(diagnostics), text, stamp };
}

function languageOf(file: SourceText): 'sql' | 'ts' {
  return file.path.endsWith('.ts') ? 'ts' : 'sql';
}
