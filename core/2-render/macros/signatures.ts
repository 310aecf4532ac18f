import type { Project } from '../../1-load/index.ts';
import { buildMacroTable } from './table.ts';
import { TypedMacro } from './typed-macros.ts';

/** How a macro of the project is called. */
export type MacroSignature =
  | {
      readonly kind: 'jinja';
      readonly name: string;
      readonly parameters: readonly { readonly name: string; readonly optional: boolean }[];
    }
  /** An exported function of a TypeScript file, whose parameters TypeScript knows. */
  | { readonly kind: 'typed'; readonly name: string; readonly file: string };

/** The project's macros that give SQL, by name; generic tests are none. */
export function macroSignatures(project: Project): MacroSignature[] {
  const found: MacroSignature[] = [];
  for (const { name, macro } of buildMacroTable(project).macros.values()) {
    if (macro instanceof TypedMacro) found.push({ kind: 'typed', name, file: macro.file });
    else if (!name.startsWith('test_')) {
      const parameters = macro.signature.parameters.map((parameter) => ({
        name: parameter.name,
        optional: parameter.default !== undefined,
      }));
      found.push({ kind: 'jinja', name, parameters });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
