import { resolve } from 'node:path';
import {
  compareState,
  type Diagnostic,
  hasErrors,
  type IndirectSelection,
  nearest,
  type Project,
  type Rendered,
  type ResourceType,
  readPreviousState,
  reportCli,
  resourceTypes,
  type StateComparison,
  select,
  whyModified,
} from '#core';
import type { FlagValues } from './args/flag.ts';
import type { selectionFlags } from './args/shared-flags.ts';
import { exitCodes } from './exit-codes.ts';
import { CommandFailure, fail } from './failures.ts';
import type { ProjectContext } from './project-context.ts';
import type { Opened } from './session.ts';

type SelectionContext = ProjectContext & { readonly flags: FlagValues<typeof selectionFlags> };

/** A chosen node, as `ls` tells it. */
export interface ChosenNode {
  readonly uniqueId: string;
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly selector: string;
  readonly dependsOn: readonly string[];
  /** Why it counts as modified since --state; absent without it or when unchanged. */
  readonly changes?: readonly string[];
}

/** The code of a selection by a name that nothing has. */
const namesNothing = 'CH310';

/** unique_ids of the selection, in DAG order; empty after telling that nothing fits. */
export async function selectIds(context: SelectionContext, opened: Opened): Promise<readonly string[]> {
  return (await choose(context, opened)).ids;
}

/** The selection with what `ls` shows of each node. */
export async function selectNodes(context: SelectionContext, opened: Opened): Promise<readonly ChosenNode[]> {
  const { ids, state } = await choose(context, opened);
  return ids.flatMap((id) => {
    const node = opened.graph.nodes.get(id);
    if (node === undefined) {
      const exposure = opened.project.exposures.find(({ uniqueId }) => uniqueId === id);
      if (exposure === undefined) return [];
      const { name, span } = exposure;
      return [
        {
          uniqueId: id,
          kind: 'exposure',
          name,
          path: span.file,
          selector: `exposure:${name}`,
          dependsOn: [],
        },
      ];
    }
    const chosen: ChosenNode = {
      uniqueId: id,
      kind: node.kind,
      name: node.name,
      path: node.path,
      selector: selectorOf(node, opened.project),
      dependsOn: opened.graph.parents.get(id) ?? [],
    };
    return [state === undefined ? chosen : { ...chosen, changes: changesOf(node, state) }];
  });
}

async function choose(
  context: SelectionContext,
  { graph, project }: Opened,
): Promise<{ ids: readonly string[]; state: StateComparison | undefined }> {
  const { flags } = context;
  const problems: Diagnostic[] = [];
  const previous =
    flags.state === undefined ? undefined : await readPreviousState(resolve(context.cwd, flags.state));
  problems.push(...(previous?.diagnostics ?? []));
  const state = previous && compareState(previous.state, graph, project);
  const { ids, diagnostics } = select(graph, project, {
    select: flags.select,
    exclude: flags.exclude,
    selector: flags.selector,
    resourceTypes: flags.resourceType.length === 0 ? undefined : flags.resourceType.flatMap(readTypes),
    indirect: flags.indirectSelection as IndirectSelection | undefined,
    state,
  });
  problems.push(...diagnostics);
  if (problems.length > 0) context.emit({ type: 'diagnostics', diagnostics: problems, text: project.text });
  if (hasErrors(problems)) {
    const unknown = problems.every(({ code, severity }) => severity !== 'error' || code === namesNothing);
    throw new CommandFailure([], unknown ? exitCodes.nothing : exitCodes.usage);
  }
  if (ids.length === 0) {
    const what = flags.select.length > 0 ? `\`${flags.select.join(' ')}\` fits no node` : 'no node is left';
    context.emit({ type: 'diagnostics', diagnostics: [reportCli('CH908', { what })] });
  }
  return { ids, state };
}

/** `all` is dbt's word for every kind; words may be joined by commas. */
function readTypes(text: string): readonly ResourceType[] {
  return text.split(',').flatMap((word): readonly ResourceType[] => {
    if (word === 'all') return resourceTypes;
    const type = resourceTypes.find((known) => known === word || `${known}s` === word);
    if (type !== undefined) return [type];
    return fail(
      reportCli('CH904', {
        flag: '--resource-type',
        value: word,
        expected: resourceTypes.map((known) => `\`${known}\``).join(', '),
        nearest: nearest(word, resourceTypes),
      }),
    );
  });
}

/** dbt's spelling: `project.folder.name`, `source:project.source.table`. */
function selectorOf(node: Rendered, project: Project): string {
  if (node.kind === 'source') return `source:${project.name}.${node.sourceName}.${node.name}`;
  const folders = node.path.split('/').slice(1, -1);
  return [project.name, ...folders, node.name].join('.');
}

function changesOf(node: Rendered, state: StateComparison): readonly string[] | undefined {
  const changes = whyModified(node, state);
  if (changes === 'new') return ['new'];
  return changes.length === 0 ? undefined : changes.map(({ reason }) => reason);
}
