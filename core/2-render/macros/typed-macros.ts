import type { MacroFile, Project } from '../../1-load/index.ts';
import { digest } from '../compile/hash.ts';
import { isFragment } from '../define/references.ts';
import { raise } from '../jinja/error.ts';
import { toData } from '../jinja/values/json.ts';
import { type CallArguments, PyObject, type Value } from '../jinja/values/value.ts';
import { literal } from '../typed/keywords.ts';
import { moduleLoader, thrownText } from '../typed/module-loader.ts';
import type { ProjectMacro } from './table.ts';

/** An exported function of a `macros/*.ts` file, as the templates see it. The file is evaluated at the first call. */
export class TypedMacro extends PyObject {
  readonly typeName = 'macro';

  constructor(
    readonly name: string,
    readonly file: string,
    readonly project: Project,
    readonly load: (file: string) => Readonly<Record<string, unknown>>,
  ) {
    super();
  }

  override toText(): string {
    return `<macro ${this.name}>`;
  }

  override call(args: CallArguments): Value {
    const { name } = this;
    if (args.named.size > 0) {
      raise('CH256', {
        name,
        problem: `has no named arguments such as \`${[...args.named.keys()][0]}\``,
        fix: 'Pass them by position: TypeScript functions know no names.',
      });
    }
    return toSql(name, this.#run(args.positional.map((value) => toData(value))));
  }

  #run(args: readonly unknown[]): unknown {
    let missing: number | undefined;
    try {
      const macro = this.load(this.file)[this.name];
      if (typeof macro === 'function' && args.length >= macro.length) return macro(...args);
      if (typeof macro === 'function') missing = macro.length;
    } catch (error) {
      const problem = `failed: ${thrownText(error, this.project)}`;
      return raise('CH256', { name: this.name, problem, fix: `Correct it in \`${this.file}\`.` });
    }
    if (missing !== undefined) {
      const problem = `needs ${missing} ${missing === 1 ? 'argument' : 'arguments'}, got ${args.length}`;
      return raise('CH256', { name: this.name, problem, fix: `See its parameters in \`${this.file}\`.` });
    }
    return raise('CH256', { name: this.name, problem: `is no function exported by \`${this.file}\`` });
  }
}

function toSql(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (isFragment(value)) {
    return value.strings
      .map((text, i) => {
        const hole = value.holes[i];
        if (hole === undefined) return text;
        return text + (isFragment(hole) ? toSql(name, hole) : (literal(hole) ?? notText(name)));
      })
      .join('');
  }
  return notText(name);
}

function notText(name: string): never {
  return raise('CH256', { name, problem: 'gave no SQL', fix: 'Return text, or the SQL of `sql`.' });
}

const exported = /^export\s+(?:async\s+)?(?:function\s+|const\s+)([A-Za-z_$][\w$]*)/gm;

/** The functions that the project's `macros/*.ts` export, found without running them. */
export function typedMacros(project: Project): ProjectMacro[] {
  const files = project.macros.filter(
    ({ file, language }) => language === 'ts' && !/(^|\/)_[^/]*$/.test(file.path),
  );
  if (files.length === 0) return [];
  const load = moduleLoader(project);
  // Files import each other: a change of one may change what any gives.
  const hash = digest(
    JSON.stringify(project.vars),
    ...project.macros.filter(({ language }) => language === 'ts').map(({ file }) => file.hash),
  );
  return files.flatMap(({ file }) => functionsOf(file).map((name) => entry(project, file, name, hash, load)));
}

function functionsOf({ text }: MacroFile['file']): string[] {
  return [...text.matchAll(exported)].map((match) => match[1] as string);
}

function entry(
  project: Project,
  file: MacroFile['file'],
  name: string,
  hash: string,
  load: TypedMacro['load'],
): ProjectMacro {
  const start = file.text.search(new RegExp(`\\b${name}\\b`));
  return {
    uniqueId: `macro.${project.name}.${name}`,
    name,
    macro: new TypedMacro(name, file.path, project, load),
    template: { file: file.path, text: file.text, body: [] },
    start,
    end: start + name.length,
    hash,
    configures: false,
  };
}
