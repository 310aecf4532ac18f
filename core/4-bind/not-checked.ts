import { reportBind } from '../diagnostics/index.ts';
import type { Binding } from './binding.ts';

/** One note per failed node: what could not be checked because of it. */
export function reportNotChecked(binding: Binding): void {
  const behind = new Map<string, string[]>();
  for (const [id, causes] of binding.notChecked) {
    for (const cause of causes) {
      const list = behind.get(cause);
      if (list) list.push(id);
      else behind.set(cause, [id]);
    }
  }
  const nameOf = (id: string) => binding.graph.nodes.get(id)?.name ?? (id.split('.').pop() as string);
  const problems = [...binding.diagnostics, ...binding.rendered.diagnostics];
  for (const [cause, ids] of behind) {
    const some = ids.sort().slice(0, 5).map(nameOf);
    const args = { failed: nameOf(cause), count: ids.length, some };
    const own = problems.find(({ node, severity }) => node === cause && severity === 'error');
    const span = own?.span ?? binding.graph.nodes.get(cause)?.span;
    binding.diagnostics.push(reportBind('CH450', args, { span, node: cause }));
  }
}
