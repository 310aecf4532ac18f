import type { ConfigValue, Located, TestDeclaration } from '../../1-load/index.ts';
import type { Span } from '../../diagnostics/index.ts';
import { isTemplate } from '../compile/yaml-template.ts';
import type { NodeContext } from '../context/node-context.ts';
import { fromData } from '../jinja/values/json.ts';
import type { Value } from '../jinja/values/value.ts';
import type { Rendering } from '../rendering.ts';

/** A string that dbt evaluates although it has no braces: `to: ref('orders')`. */
const bareCall = /^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$/s;

/** A declared test's arguments, templates evaluated. @throws RenderError */
export function testArguments(
  rendering: Rendering,
  { arguments: written }: TestDeclaration,
  context: NodeContext,
): Map<string, Value> {
  const out = new Map<string, Value>();
  for (const [key, { value, span }] of Object.entries(written))
    out.set(key, evaluated(rendering, value, span, context));
  return out;
}

function evaluated(rendering: Rendering, value: ConfigValue, span: Span, context: NodeContext): Value {
  if (typeof value === 'string') {
    if (isTemplate(value)) return rendering.valueOrThrow(value, span, context);
    if (bareCall.test(value)) return rendering.valueOrThrow(`{{${value}}}`, span, context, 2);
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => evaluated(rendering, item, span, context));
  return fromData(value);
}

/** The arguments as they are written. */
export function plainArguments(
  args: Readonly<Record<string, Located<ConfigValue>>>,
): Record<string, ConfigValue> {
  return Object.fromEntries(Object.entries(args).map(([key, { value }]) => [key, value]));
}
