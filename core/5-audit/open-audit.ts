import type { RenderedNode } from '../2-render/index.ts';
import { Engine } from './engine.ts';
import { Faults } from './fault.ts';
import type { AuditInput } from './input.ts';
import { Catalog } from './model/catalog.ts';
import { closureIds } from './model/closure-ids.ts';
import { planModel } from './model/planned-model.ts';
import { predictionTimeType } from './model/prediction-time-type.ts';
import { type BadDeclaration, sourceFacts } from './model/source-facts.ts';
import { Analysis, type PlannedModel, type Resolved, Unreadable } from './plan/analysis.ts';
import type { Fact } from './plan/facts.ts';
import type { ZonedInstants } from './plan/moment.ts';
import type { SourceFacts } from './plan/relation.ts';
import { isZonedType } from './symbolic/term.ts';

/** Everything planned that a set of models reads, and what to derive from it with. */
export interface OpenAudit {
  readonly analysis: Analysis;
  /** The same, some declared keys withheld. */
  readonly without: (keys: ReadonlySet<Fact>) => Analysis;
  /** unique_ids of all that is read, in no particular order. */
  readonly ids: ReadonlySet<string>;
  readonly bad: readonly BadDeclaration[];
  readonly planned: (id: string) => PlannedModel | undefined;
  /** Why a model could not be planned. */
  readonly reason: (id: string) => string | undefined;
  readonly close: () => void;
}

/** Plans the models and all that they read against an empty catalog. */
export async function openAudit(
  input: AuditInput,
  audited: readonly RenderedNode[],
  faults = new Faults('throw'),
): Promise<OpenAudit> {
  const ids = new Set(audited.flatMap((node) => closureIds(input, node.uniqueId)));
  const engine = await Engine.open();
  try {
    const catalog = new Catalog(input, engine);
    await catalog.make(input.graph.order.filter((id) => ids.has(id)));
    const planned = new Map<string, PlannedModel | Unreadable>();
    const resolved = new Map<string, Resolved>();
    const bad: BadDeclaration[] = [];
    for (const id of ids) {
      const node = input.graph.nodes.get(id);
      if (node === undefined || node.kind === 'test') continue;
      if (node.kind === 'model') {
        const model = await faults.guard<PlannedModel | Unreadable>(
          { model: node.name },
          () => planOrReason(catalog, node),
          (reason) => new Unreadable(reason),
        );
        planned.set(id, model);
        if (!(model instanceof Unreadable)) resolved.set(id, { kind: 'model', model });
      } else resolved.set(id, { kind: 'source', source: await sourceFacts(catalog, node, bad) });
    }
    const resolve = (catalogName: string, schema: string, table: string): Resolved | undefined => {
      const node = catalog.resolve(catalogName, schema, table);
      if (node === undefined) return undefined;
      const reason = planned.get(node.uniqueId);
      if (reason instanceof Unreadable) throw reason;
      return resolved.get(node.uniqueId);
    };
    const zoned: ZonedInstants = {
      availabilities: [...resolved.values()].some(
        (found) => found.kind === 'source' && availabilitiesOf(found.source).some(isZonedType),
      ),
      predictionTimes: audited.some((node) => isZonedType(predictionTimeType(input, node))),
    };
    const analyses = new Map<string, Analysis>();
    return {
      analysis: new Analysis(resolve, zoned),
      without: (keys) => {
        const name = [...keys].sort().join('\n');
        const known = analyses.get(name) ?? new Analysis(resolve, zoned, keys);
        analyses.set(name, known);
        return known;
      },
      ids,
      bad,
      planned: (id) => {
        const found = planned.get(id);
        return found instanceof Unreadable ? undefined : found;
      },
      reason: (id) => {
        const found = planned.get(id);
        return found instanceof Unreadable ? found.reason : undefined;
      },
      close: () => engine.close(),
    };
  } catch (error) {
    engine.close();
    throw error;
  }
}

/** Types of the instants that say when a source's rows and cells are known. */
function availabilitiesOf({ availableAt, columns }: SourceFacts): string[] {
  return [availableAt, ...columns.map((column) => column.availableAt)].flatMap((availability) =>
    availability?.kind === 'at' ? [availability.expression.type] : [],
  );
}

async function planOrReason(catalog: Catalog, node: RenderedNode): Promise<PlannedModel | Unreadable> {
  try {
    return await planModel(catalog, node);
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
}
