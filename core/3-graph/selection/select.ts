import type { Project } from '../../1-load/index.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Graph } from '../graph.ts';
import type { StateComparison } from '../state/previous.ts';
import { inOrder } from '../traverse.ts';
import { evaluate } from './evaluate.ts';
import type { Expression, IndirectSelection } from './expression.ts';
import { settle } from './indirect.ts';
import { parseSelection } from './parse.ts';
import { selectorReader } from './selectors.ts';
import { type ResourceType, selectionSpace } from './space.ts';

export interface SelectionOptions {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  /** Name of a selector in selectors.yml; used instead of `select` and `exclude`. */
  readonly selector?: string;
  /** Keeps only these kinds, after everything else. */
  readonly resourceTypes?: readonly ResourceType[];
  readonly indirect?: IndirectSelection;
  readonly state?: StateComparison;
}

export interface Selection {
  /** Selected unique_ids in the graph's order; exposures last. */
  readonly ids: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Resolves dbt's selection grammar against the graph. Without `select`, `exclude` or `selector` the project's
 * default selector counts, and without one, everything is selected.
 *
 * @example
 * select(graph, project, { select: ['+customer_360,tag:gold'], exclude: ['tag:slow'] }).ids
 */
export function select(graph: Graph, project: Project, options: SelectionOptions = {}): Selection {
  const found = new Map<string, Diagnostic>();
  const report = (diagnostic: Diagnostic) => {
    const key = `${diagnostic.code}${diagnostic.message}`;
    if (!found.has(key)) found.set(key, diagnostic);
  };
  const space = selectionSpace(graph, project);
  const selector = selectorReader(project, report);
  const indirect = options.indirect ?? 'eager';
  const expression = wanted(options, project, selector, report);
  let ids: Set<string>;
  if (expression === 'everything') ids = new Set(space.items.keys());
  else if (expression === undefined) ids = new Set();
  else {
    const chosen = evaluate(expression, { space, state: options.state, report, indirect, selector });
    ids = settle(chosen, indirect, space);
  }
  const kinds = options.resourceTypes && new Set<string>(options.resourceTypes);
  if (kinds) for (const id of ids) if (!kinds.has(space.items.get(id)?.type ?? '')) ids.delete(id);
  return { ids: inOrder(space.graph, ids), diagnostics: [...found.values()] };
}

/** The expression to evaluate; undefined when it could not be read. */
function wanted(
  options: SelectionOptions,
  project: Project,
  selector: (name: string) => Expression | undefined,
  report: (diagnostic: Diagnostic) => void,
): Expression | 'everything' | undefined {
  if (options.selector !== undefined) return selector(options.selector);
  const given = (texts: readonly string[] | undefined) => (texts ?? []).some((text) => text.trim() !== '');
  if (!given(options.select) && !given(options.exclude)) {
    const standard = project.selectors.find(({ isDefault }) => isDefault);
    return standard === undefined ? 'everything' : selector(standard.name);
  }
  const include = given(options.select) ? parseSelection(options.select ?? [], report) : all;
  if (include === undefined) return undefined;
  if (!given(options.exclude)) return include;
  const exclude = parseSelection(options.exclude ?? [], report);
  return exclude === undefined ? undefined : { kind: 'difference', include, exclude };
}

/** Everything, for a bare `--exclude`. Its criteria have no text: they may match nothing. */
const all: Expression = {
  kind: 'union',
  parts: ['fqn', 'source', 'exposure'].map((method) => ({
    kind: 'criterion',
    method,
    arguments: [],
    value: '*',
    childrensParents: false,
    text: '',
  })),
};
