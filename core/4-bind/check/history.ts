import { reportBind } from '../../diagnostics/index.ts';
import type { Binding } from '../binding.ts';
import { histories, hoursOf } from '../history.ts';

/** A feature must not look back further than the rows of its view go. */
export function checkHistory({ project, rendered, graph, diagnostics }: Binding): void {
  const historyOf = histories(project, graph);
  for (const node of rendered.nodes.values()) {
    const events = node.inputs?.find(({ time }) => time !== undefined);
    if (events === undefined) continue;
    const id = node.dependsOn.find((one) => {
      const input = graph.nodes.get(one);
      const name = input?.kind === 'source' ? `${input.sourceName}.${input.name}` : input?.name;
      return name === events.name;
    });
    const history = id === undefined ? undefined : historyOf(id);
    if (history === undefined) continue;
    const about = { history: history.text, of: history.of };
    const tooLong = node.columns.filter(
      ({ window }) => window !== undefined && (hoursOf(window.value) ?? 0) > history.hours,
    );
    for (const { name, window, span } of tooLong) {
      const args = { feature: name, window: window?.value ?? '', ...about };
      diagnostics.push(reportBind('CH444', args, { span: window?.span ?? span, node: node.uniqueId }));
    }
    // Windows of months are in no claim: the view's longest tells of them.
    const longest = hoursOf(events.lookBack ?? '') ?? 0;
    if (tooLong.length > 0 || longest <= history.hours) continue;
    const window = longest % 24 === 0 ? `${longest / 24} days` : `${longest} hours`;
    diagnostics.push(
      reportBind('CH444', { feature: node.name, window, ...about }, { span: node.span, node: node.uniqueId }),
    );
  }
}
