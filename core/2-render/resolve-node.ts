import type { ConfigLayer, ConfigValue, GeneratedModel, Located, ProjectNode } from '../1-load/index.ts';
import { nearest, reportRender, type Span } from '../diagnostics/index.ts';
import { isTemplate } from './compile/yaml-template.ts';
import { type InlineConfig, inlineConfig } from './config/inline-config.ts';
import { type ConfigOwner, canonicalKey, configKeys, keysOf, refusedKeys } from './config/keys.ts';
import { mergeConfig, type RawConfig } from './config/merge.ts';
import { toNodeConfig } from './config/node-config.ts';
import { RelationValue, relationText } from './context/relation-value.ts';
import type { Template } from './jinja/ast.ts';
import { RenderError } from './jinja/error.ts';
import { parseTemplate } from './jinja/parse.ts';
import { toData } from './jinja/values/json.ts';
import { nodeRelation } from './names/relation-of.ts';
import type { NodeConfig, Relation } from './rendered.ts';
import type { Rendering } from './rendering.ts';

/** What can be known of a node without rendering its SQL. */
export interface ResolvedNode {
  readonly node: ProjectNode;
  readonly config: NodeConfig;
  readonly relation: Relation;
  /** What `ref()` to it gives. */
  readonly relationValue: RelationValue;
  /** Outside things its configuration depends on. */
  readonly reads: ReadonlySet<string>;
}

/** The name of an ephemeral model's CTE, as dbt writes it. */
export function cteName(name: string): string {
  return `__dbt__cte__${name}`;
}

/** Merges a node's configuration, its SQL's `config()` included, and derives where it is built. */
export function resolveNode(rendering: Rendering, node: ProjectNode): ResolvedNode {
  const cached = rendering.cachedConfig(node);
  if (cached) return resolvedAs(node, cached.raw, cached.relation, new Set());
  const reads = new Set<string>();
  const template = node.kind === 'seed' ? undefined : rendering.template(node);
  const inline = node.generated
    ? [generatedConfig(node.generated)]
    : template && node.language === 'sql'
      ? inlineConfig(rendering, node, template, reads)
      : [];
  checkInline(rendering, node.kind, node.uniqueId, inline);
  const layers = node.layers.map((layer) => rendering.layer(layer, node.kind, reads));
  const raw = mergeConfig([...layers, ...inline.map((values) => valuesOf(values))]);
  const relation = nodeRelation(rendering, node, toNodeConfig(node.kind, raw), raw, reads);
  return resolvedAs(node, raw, relation, reads);
}

function resolvedAs(
  node: ProjectNode,
  raw: RawConfig,
  relation: Relation,
  reads: ReadonlySet<string>,
): ResolvedNode {
  const config = toNodeConfig(node.kind, raw);
  const isEphemeral = config.materialized === 'ephemeral';
  const relationValue = new RelationValue(
    relation,
    isEphemeral ? 'cte' : config.materialized === 'view' ? 'view' : 'table',
    isEphemeral ? cteName(node.name) : relationText(relation),
  );
  return { node, config, relation, relationValue, reads };
}

/** Undefined where the template cannot be parsed, which is then reported. */
export function parseNode(rendering: Rendering, node: ProjectNode): Template | undefined {
  const { file, body, generated } = node;
  // A typed file that could not be evaluated has no template; it is reported already.
  if (node.language === 'ts' && !generated) rendering.failed.add(node.uniqueId);
  if (!generated && node.language !== 'sql' && node.language !== 'yaml') return undefined;
  try {
    if (generated) {
      const inside = { start: generated.span.start.offset, end: generated.span.end.offset };
      return parseTemplate(file.path, generated.template, { inside });
    }
    return parseTemplate(file.path, file.text, body && { start: body.start.offset, end: body.end.offset });
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    rendering.report(error, node.uniqueId);
    return undefined;
  }
}

/** What a typed declaration says of its configuration, all at the place of the declaration. */
function generatedConfig({ config, span }: GeneratedModel): InlineConfig {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [canonicalKey(key), { value, span, keySpan: span }]),
  );
}

function valuesOf(values: Readonly<Record<string, Located<ConfigValue>>>): RawConfig {
  return Object.fromEntries(Object.entries(values).map(([key, { value }]) => [key, value]));
}

export interface EvaluatedLayer {
  readonly raw: RawConfig;
  readonly reads: ReadonlySet<string>;
}

/** A layer of the project file or of YAML with its Jinja evaluated; hooks wait until the node is rendered. */
export function evaluateLayer(rendering: Rendering, layer: ConfigLayer, owner: ConfigOwner): EvaluatedLayer {
  const raw: Record<string, ConfigValue> = {};
  const reads = new Set<string>();
  for (const [written, { value, span }] of Object.entries(layer.values)) {
    const key = canonicalKey(written);
    if (key === 'pre_hook' || key === 'post_hook') raw[key] = value;
    else {
      const evaluated = evaluateValue(rendering, value, span, reads);
      raw[key] = evaluated;
      // 1-load has checked what is written plainly; what Jinja gives is known only now.
      if (evaluated !== value) checkValue(rendering, owner, key, evaluated, span);
    }
  }
  return { raw, reads };
}

/** The same value when it holds no Jinja. */
function evaluateValue(
  rendering: Rendering,
  value: ConfigValue,
  span: Span,
  reads: Set<string>,
): ConfigValue {
  if (typeof value === 'string') {
    if (!isTemplate(value)) return value;
    const context = rendering.context({}, 'config');
    const result = rendering.value(value, span, context);
    for (const read of context.reads) reads.add(read);
    return result === undefined ? value : (toData(result) as ConfigValue);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => evaluateValue(rendering, item, span, reads));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, evaluateValue(rendering, item, span, reads)] as const,
    );
    return entries.some(([key, item]) => item !== (value as Record<string, ConfigValue>)[key])
      ? Object.fromEntries(entries)
      : value;
  }
  return value;
}

/** Reports unknown keys and wrong values of `config()` in SQL. */
export function checkInline(
  rendering: Rendering,
  owner: ConfigOwner,
  node: string,
  calls: readonly InlineConfig[],
): void {
  for (const call of calls) {
    for (const [key, { value, span, keySpan }] of Object.entries(call)) {
      const refused = refusedKeys.get(key);
      if (refused !== undefined) {
        rendering.add(
          reportRender('CH213', { name: `config \`${key}\``, fix: refused }, { span: keySpan, node }),
        );
      } else if (!configKeys.get(key)?.owners.includes(owner)) {
        const close = nearest(key, keysOf(owner));
        const kind = owner === 'test' ? 'data test' : owner;
        rendering.add(
          reportRender(
            'CH214',
            { key, kind, ...(close !== undefined && { nearest: close }) },
            { span: keySpan, node },
          ),
        );
      } else checkValue(rendering, owner, key, value, span, node);
    }
  }
}

function checkValue(
  rendering: Rendering,
  owner: ConfigOwner,
  key: string,
  value: ConfigValue,
  span: Span,
  node?: string,
): void {
  const known = configKeys.get(key);
  if (!known?.owners.includes(owner) || value === null) return;
  const problem = known.check(value);
  if (problem === undefined) return;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  rendering.add(
    reportRender(
      'CH215',
      { key, problem: `${problem}, not \`${shown}\`` },
      { span, ...(node !== undefined && { node }) },
    ),
  );
}
