import type { Project } from '../../1-load/index.ts';
import { type Diagnostic, LineIndex, reportRender } from '../../diagnostics/index.ts';
import { digest } from '../compile/hash.ts';
import type { MacroStatement, Template } from '../jinja/ast.ts';
import { RenderError } from '../jinja/error.ts';
import { Macro } from '../jinja/macro.ts';
import { parseTemplate } from '../jinja/parse.ts';
import { type TypedMacro, typedMacros } from './typed-macros.ts';

/** A macro of the project: `macro.<project>.<name>`. */
export interface ProjectMacro {
  readonly uniqueId: string;
  readonly name: string;
  readonly macro: Macro | TypedMacro;
  readonly template: Template;
  readonly start: number;
  readonly end: number;
  /** Digest of its text; what used it is rendered anew when it changes. */
  readonly hash: string;
  /** Its text may call config(), so a model that calls it must be evaluated to know its configuration. */
  readonly configures: boolean;
}

export interface MacroTable {
  readonly macros: ReadonlyMap<string, ProjectMacro>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The macros and generic tests of the project: those of its `.sql` files and the functions of its `.ts` files. Names are visible everywhere, as in dbt. */
export function buildMacroTable(project: Project): MacroTable {
  const macros = new Map<string, ProjectMacro>();
  const diagnostics: Diagnostic[] = [];
  for (const { file, language } of project.macros) {
    if (language !== 'sql') continue;
    let template: Template;
    try {
      template = parseTemplate(file.path, file.text);
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      diagnostics.push(error.toDiagnostic());
      continue;
    }
    for (const statement of template.body) {
      if (statement.kind !== 'macro') continue;
      const known = macros.get(statement.name);
      if (known) {
        diagnostics.push(reportDuplicate(statement, template, known));
        continue;
      }
      const text = file.text.slice(statement.start, statement.end);
      macros.set(statement.name, {
        uniqueId: `macro.${project.name}.${statement.name}`,
        name: statement.name,
        macro: new Macro(statement.name, statement, template, undefined),
        template,
        start: statement.start,
        end: statement.end,
        hash: digest(text),
        configures: /\bconfig\s*\(/.test(text),
      });
    }
  }
  for (const macro of typedMacros(project)) {
    const known = macros.get(macro.name);
    if (known) diagnostics.push(reportDuplicate(macro, macro.template, known));
    else macros.set(macro.name, macro);
  }
  return { macros, diagnostics };
}

function reportDuplicate(
  statement: Pick<MacroStatement, 'name' | 'start'> & Partial<Pick<MacroStatement, 'flavour'>>,
  template: Template,
  known: ProjectMacro,
): Diagnostic {
  const shown = statement.flavour === 'test' ? statement.name.replace(/^test_/, 'test ') : statement.name;
  const span = new LineIndex(template.text).span(
    template.file,
    statement.start,
    headEnd(template, statement.start),
  );
  const first = new LineIndex(known.template.text).span(
    known.template.file,
    known.start,
    headEnd(known.template, known.start),
  );
  return reportRender(
    'CH219',
    { name: shown },
    { span, related: [{ span: first, message: 'it is defined here first' }] },
  );
}

/** End of the opening tag. */
function headEnd(template: Template, start: number): number {
  const end = template.text.indexOf('%}', start);
  return end === -1 ? start + 2 : end + 2;
}
