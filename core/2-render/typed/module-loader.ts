import { createRequire } from 'node:module';
import path from 'node:path';
import type { Project } from '../../1-load/index.ts';
import * as define from '../define/index.ts';

/** What the project's TypeScript files import as `#core` or `churn`: the define helpers, nothing of the framework. */
function publicFace(project: Project): Readonly<Record<string, unknown>> {
  const projectVar = (name: string): unknown => {
    if (!Object.hasOwn(project.vars, name))
      throw new Error(`there is no var \`${name}\` in churn_project.yml`);
    return project.vars[name];
  };
  return { ...define, projectVar };
}

export type LoadModule = (file: string) => Readonly<Record<string, unknown>>;

/**
 * Evaluates TypeScript files of the project, each once, as they are on disk. jiti is read when the first file is: a
 * project without typed files never pays for it. Synchronous, since macros are called in the middle of a template.
 */
export function moduleLoader(project: Project): LoadModule {
  let load: LoadModule | undefined;
  return (file) => {
    load ??= openJiti(project);
    return load(path.join(project.root, file));
  };
}

function openJiti(project: Project): LoadModule {
  const { createJiti } = createRequire(import.meta.url)('jiti') as typeof import('jiti');
  const face = publicFace(project);
  const jiti = createJiti(path.join(project.root, 'churn_project.yml'), {
    virtualModules: { '#core': face, churn: face },
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
  });
  return (file) => jiti(file) as Readonly<Record<string, unknown>>;
}

/** What was thrown, in one line, without this machine's paths. */
export function thrownText(error: unknown, project: Project): string {
  const text = error instanceof Error ? error.message : String(error);
  const [first = ''] = text.split('\n');
  return first.replaceAll(`${project.root}${path.sep}`, '').trim();
}
