import type {
  RenderedNode,
  RenderedSource,
  RuleColumn,
  RuleModel,
  RuleSource,
} from '../../2-render/index.ts';
import type { AuditInput } from '../input.ts';
import { closureIds } from '../model/closure-ids.ts';
import { type AuditResult, ROWS } from '../report.ts';
import { parseInterval } from '../symbolic/literals.ts';
import { DAY } from '../symbolic/term.ts';
import { spanOf } from '../symbolic/time.ts';

/** An audited model as rules see it, with what the audit found of its columns. */
export function ruleModel(input: AuditInput, node: RenderedNode, results: readonly AuditResult[]): RuleModel {
  const closure = closureIds(input, node.uniqueId).filter((id) => id !== node.uniqueId);
  return Object.freeze({
    name: node.name,
    file: node.path,
    description: node.description || undefined,
    entity: (node.pointInTime?.entity ?? []).map(({ value }) => value),
    predictionTime: node.pointInTime?.predictionTime.value ?? '',
    tags: node.config.tags,
    reads: closure.flatMap((id) => {
      const read = input.graph.nodes.get(id);
      return read === undefined || read.kind === 'test' ? [] : [nameOf(read)];
    }),
    columns: results
      .filter(({ model, column }) => model === node.name && column !== ROWS)
      .map((result) => ruleColumn(input, node, result)),
  });
}

function ruleColumn(input: AuditInput, node: RenderedNode, result: AuditResult): RuleColumn {
  const same = (name: string): boolean => name.toLowerCase() === result.column.toLowerCase();
  const declared = node.columns.find(({ name }) => same(name));
  const { window } = result;
  return Object.freeze({
    model: node.name,
    column: result.column,
    role: result.role ?? 'feature',
    verdict: result.verdict === 'UNCHANGED' ? 'UNPROVEN' : result.verdict,
    sources: result.sources,
    type: input.bound.columns.get(node.uniqueId)?.find(({ name }) => same(name))?.type,
    description: declared?.description?.value,
    window: window && { from: daysOf(window.from), to: daysOf(window.to), clock: window.clock },
    claimedWindow: mostDays(declared?.window?.value),
    horizon: mostDays(declared?.horizon?.value),
    facts: result.facts ?? [],
  });
}

export function ruleSource({ sourceName, name, table }: RenderedSource): RuleSource {
  return Object.freeze({
    name: `${sourceName}.${name}`,
    availableAt: table.availableAt?.value,
    axioms: table.axioms.map(({ value }) => value),
    primaryKey: table.primaryKey.map(({ value }) => value),
    columns: table.columns.map((column) => ({
      name: column.name,
      type: column.dataType?.value,
      availableAt: column.availableAt?.value,
    })),
  });
}

function nameOf(node: RenderedNode | RenderedSource): string {
  return node.kind === 'source' ? `${node.sourceName}.${node.name}` : node.name;
}

/** `-30 days 1 hour`, a report's span, in days; null where there is no bound. */
function daysOf(text: string | null): number | null {
  if (text === null) return null;
  if (text === '0') return 0;
  const interval = parseInterval(text.replace(/^-/, ''));
  if (interval === undefined) return null;
  const days = spanOf(interval).most / DAY;
  return text.startsWith('-') ? -days : days;
}

function mostDays(text: string | undefined): number | undefined {
  const interval = text === undefined ? undefined : parseInterval(text);
  return interval && spanOf(interval).most / DAY;
}
