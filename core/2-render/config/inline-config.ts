import type { ConfigValue, ProjectNode, SingularTest } from '../../1-load/index.ts';
import type { Span } from '../../diagnostics/index.ts';
import { RelationValue } from '../context/relation-value.ts';
import type { CallExpression, Template } from '../jinja/ast.ts';
import { RenderError } from '../jinja/error.ts';
import { Evaluator } from '../jinja/evaluator.ts';
import { toData } from '../jinja/values/json.ts';
import type { Rendering } from '../rendering.ts';
import { canonicalKey } from './keys.ts';

/** What one `config()` call says, each value with its place and its key's place. */
export type InlineConfig = Readonly<Record<string, { value: ConfigValue; span: Span; keySpan: Span }>>;

const mention = /\bconfig\s*\(/g;

/**
 * The `config()` calls of a node's SQL. Calls at the top of the template whose arguments are expressions of their own
 * are evaluated alone; anything else (a call in a condition, in a macro, of a variable set before) makes the whole
 * template run once with `execute` false, as dbt parses it.
 */
export function inlineConfig(
  rendering: Rendering,
  node: Pick<ProjectNode | SingularTest, 'uniqueId' | 'name' | 'file'>,
  template: Template,
  reads: Set<string>,
): InlineConfig[] {
  const mentions = template.text.match(mention)?.length ?? 0;
  if (mentions === 0 && !rendering.anyMacroConfigures) return [];
  const calls = template.body.flatMap((statement) => {
    const isCall = statement.kind === 'output' || statement.kind === 'do';
    const expression = isCall ? statement.expression : undefined;
    return expression?.kind === 'call' &&
      expression.callee.kind === 'name' &&
      expression.callee.name === 'config'
      ? [expression]
      : [];
  });
  const isPlain = calls.length === mentions && !rendering.anyMacroConfigures;
  if (isPlain && calls.every((call) => call.args.every((argument) => argument.name !== undefined))) {
    const found = evaluateCalls(rendering, node, template, calls, reads);
    if (found) return found;
  }
  return runForConfig(rendering, node, template, reads);
}

/** Undefined when a call needs what the template sets before it. */
function evaluateCalls(
  rendering: Rendering,
  node: Pick<ProjectNode, 'uniqueId' | 'name'>,
  template: Template,
  calls: readonly CallExpression[],
  reads: Set<string>,
): InlineConfig[] | undefined {
  const context = rendering.context({ uniqueId: node.uniqueId, name: node.name }, 'config');
  const evaluator = new Evaluator(rendering.session, context, template);
  const templateId = rendering.session.idOf(template);
  try {
    const found = calls.map((call) => {
      const values: Record<string, { value: ConfigValue; span: Span; keySpan: Span }> = {};
      for (const { name, start, value } of call.args) {
        const key = name as string;
        values[canonicalKey(key)] = {
          value:
            isHook(key) && value.kind === 'constant'
              ? (value.value as ConfigValue)
              : (toData(evaluator.runExpression(value)) as ConfigValue),
          span: rendering.session.span(templateId, value.start, value.end),
          keySpan: rendering.session.span(templateId, start, start + key.length),
        };
      }
      return values;
    });
    for (const read of context.reads) reads.add(read);
    return found;
  } catch (error) {
    if (error instanceof RenderError) return undefined;
    throw error;
  }
}

function isHook(key: string): boolean {
  return /^(pre|post)_hook$/.test(canonicalKey(key));
}

/** Errors are left to the rendering proper, which meets them again. */
function runForConfig(
  rendering: Rendering,
  node: Pick<ProjectNode, 'uniqueId' | 'name'>,
  template: Template,
  reads: Set<string>,
): InlineConfig[] {
  const placeholder = new RelationValue(
    { schema: rendering.project.target.schema, identifier: node.name },
    'table',
  );
  const own = new Map([['this', () => placeholder]]);
  const context = rendering.context({ uniqueId: node.uniqueId, name: node.name, own }, 'config');
  try {
    new Evaluator(rendering.session, context, template).run();
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
  }
  for (const read of context.reads) reads.add(read);
  return context.configCalls.map(({ values }) =>
    Object.fromEntries(
      Object.entries(values).map(([key, { value, span }]) => [key, { value, span, keySpan: span }]),
    ),
  );
}
