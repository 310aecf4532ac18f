import { pureFunctions } from '../../../../core/2-render/context/pure-functions.ts';
import { RenderError } from '../../../../core/2-render/jinja/error.ts';
import { Evaluator } from '../../../../core/2-render/jinja/evaluator.ts';
import { parseTemplate } from '../../../../core/2-render/jinja/parse.ts';
import { Session } from '../../../../core/2-render/jinja/session.ts';
import { fromData } from '../../../../core/2-render/jinja/values/json.ts';
import type { Diagnostic } from '../../../../core/diagnostics/index.ts';

/** Evaluates a template with plain data as its context. @throws RenderError */
export function evaluateTemplate(source: string, data: Readonly<Record<string, unknown>> = {}): string {
  const session = new Session(() => source);
  const template = parseTemplate('template.sql', source);
  const values = new Map(Object.entries(data).map(([name, value]) => [name, fromData(value)]));
  const context = {
    get: (name: string) => (values.has(name) ? values.get(name) : pureFunctions.get(name)),
    names: () => [...Object.keys(data), ...pureFunctions.keys()],
  };
  return new Evaluator(session, context, template).run().toText();
}

/** The diagnostic of a template that cannot be evaluated. */
export function failureOf(source: string, data: Readonly<Record<string, unknown>> = {}): Diagnostic {
  try {
    const output = evaluateTemplate(source, data);
    throw new Error(`no error, but the output ${JSON.stringify(output)}`);
  } catch (error) {
    if (error instanceof RenderError) return error.toDiagnostic();
    throw error;
  }
}
