import type { Rendered } from '../../../2-render/index.ts';
import { reportGraph } from '../../../diagnostics/index.ts';
import { aspects, explainChanges } from '../../state/modified.ts';
import { isChoice } from './choice.ts';
import type { Method } from './method.ts';

const values = [
  'new',
  'old',
  'modified',
  'unmodified',
  ...aspects.map((aspect) => `modified.${aspect}` as const),
];

/** Compares fingerprints with the manifest of `--state`; see state/modified.ts for what counts. */
export const state: Method = {
  name: 'state',
  matcher: (criterion, context) => {
    const { value } = criterion;
    if (!isChoice(criterion, value, values, context)) return undefined;
    const previous = context.state?.previous.fingerprints;
    const current = context.state?.current;
    if (previous === undefined || current === undefined) {
      context.report(reportGraph('CH316', { method: 'state', file: 'manifest.json' }));
      return undefined;
    }
    const aspect = value.startsWith('modified.') ? value.slice('modified.'.length) : undefined;
    return ({ id, node }) => {
      const before = previous.get(id);
      if (value === 'new' || value === 'old') return (before === undefined) === (value === 'new');
      if (node === undefined) return false;
      const changes = before && explainChanges(before, current(node), persistsDescription(node));
      const modified = changes?.some((change) => !aspect || change.aspect === aspect) ?? true;
      return modified === (value !== 'unmodified');
    };
  },
};

function persistsDescription(node: Rendered): boolean {
  return node.kind !== 'source' && node.kind !== 'test' && node.config.raw.persist_docs !== undefined;
}
