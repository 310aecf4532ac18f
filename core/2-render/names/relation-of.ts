import type { ProjectNode } from '../../1-load/index.ts';
import type { RawConfig } from '../config/merge.ts';
import { nodeDict } from '../context/node-dict.ts';
import { RenderError } from '../jinja/error.ts';
import { Evaluator } from '../jinja/evaluator.ts';
import { Macro } from '../jinja/macro.ts';
import { toText } from '../jinja/values/show.ts';
import type { Value } from '../jinja/values/value.ts';
import type { NodeConfig, Relation } from '../rendered.ts';
import type { Rendering } from '../rendering.ts';

/** What is needed to name a node's relation. */
export interface NamedNode {
  readonly uniqueId: string;
  readonly name: string;
}

/**
 * Where a node is built, by dbt's three macros, which a project may override: `generate_database_name`,
 * `generate_schema_name` (a custom schema is appended to the target's) and `generate_alias_name`.
 */
export function nodeRelation(
  rendering: Rendering,
  node: ProjectNode,
  config: NodeConfig,
  raw: RawConfig,
  reads: Set<string>,
): Relation {
  const fromTarget = node.kind === 'snapshot' && raw.schema === undefined && config.schema !== undefined;
  const dict = () => nodeDict(rendering, node, config);
  const names = { database: config.database, schema: config.schema, alias: config.alias };
  const relation = generateRelation(rendering, node, names, dict, reads);
  // A snapshot's target_schema is taken as it is; dbt's older spelling, still common.
  return fromTarget ? { ...relation, schema: config.schema as string } : relation;
}

export function generateRelation(
  rendering: Rendering,
  node: NamedNode,
  custom: { database?: string | undefined; schema?: string | undefined; alias?: string | undefined },
  dict: () => Value,
  reads: Set<string>,
): Relation {
  const { target } = rendering.project;
  const call = (macro: string, value: string | undefined, fallback: () => string | undefined) =>
    callNameMacro(rendering, node, macro, value, dict, reads) ?? fallback();
  const database = call(
    'generate_database_name',
    custom.database,
    () => custom.database?.trim() || target.database,
  );
  const schema = call('generate_schema_name', custom.schema, () =>
    custom.schema === undefined || custom.schema.trim() === ''
      ? target.schema
      : `${target.schema}_${custom.schema.trim()}`,
  );
  const identifier = call('generate_alias_name', custom.alias, () => custom.alias?.trim() || node.name);
  return {
    ...(database !== undefined && database !== '' && { database }),
    schema: schema ?? target.schema,
    identifier: identifier ?? node.name,
  };
}

/** The project's own macro, if it has one; an error in it is reported and dbt's rule used instead. */
function callNameMacro(
  rendering: Rendering,
  node: NamedNode,
  name: string,
  value: string | undefined,
  dict: () => Value,
  reads: Set<string>,
): string | undefined {
  reads.add(`macro:${name}`);
  const found = rendering.macros.get(name);
  if (!found) return undefined;
  const context = rendering.context({ uniqueId: node.uniqueId, name: node.name });
  const evaluator = new Evaluator(rendering.session, context, found.template);
  evaluator.at = { start: found.start, end: found.start + 2 };
  const argument = value ?? null;
  const takesNode = found.macro instanceof Macro && found.macro.signature.parameters.length > 1;
  try {
    const result = evaluator.runCall(found.macro, {
      positional: takesNode ? [argument, dict()] : [argument],
      named: new Map(),
    });
    for (const read of context.reads) reads.add(read);
    return result === null ? '' : toText(result).trim();
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    rendering.report(error, node.uniqueId);
    return undefined;
  }
}
