import { type Diagnostic, LineIndex, reportLoad, type Span } from '../../diagnostics/index.ts';
import { startOf } from '../build/names.ts';
import type { Exposure, ProjectNode, SingularTest, SourceTable, UnitTestDeclaration } from '../project.ts';

interface Named {
  readonly nodes: readonly ProjectNode[];
  readonly singularTests: readonly SingularTest[];
  readonly sources: readonly SourceTable[];
  readonly exposures: readonly Exposure[];
  readonly unitTests: readonly UnitTestDeclaration[];
}

/** Of what has the same name the first is kept, so that later phases see each name once; the others are reported. */
export function keepUnique(project: Named): Named & { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const keep = <T>(
    items: readonly T[],
    key: (item: T) => string,
    report: (first: T, again: T) => Diagnostic,
  ): readonly T[] => {
    const seen = new Map<string, T>();
    for (const item of items) {
      const first = seen.get(key(item));
      if (first === undefined) seen.set(key(item), item);
      else diagnostics.push(report(first, item));
    }
    return seen.size === items.length ? items : [...seen.values()];
  };
  const declared =
    (kind: string) =>
    (first: { name: string; span: Span }, again: { name: string; span: Span }): Diagnostic =>
      twice('CH125', { kind, name: again.name }, again.span, first.span);
  return {
    nodes: keep(project.nodes, ({ name }) => name, duplicateNode),
    singularTests: keep(
      project.singularTests,
      ({ name }) => name,
      (first, again) =>
        twice(
          'CH125',
          { kind: 'test', name: again.name },
          startOf(again.file.path),
          startOf(first.file.path),
        ),
    ),
    sources: keep(
      project.sources,
      ({ uniqueId }) => uniqueId,
      (first, again) =>
        twice('CH119', { source: again.sourceName, table: again.name }, again.span, first.span),
    ),
    exposures: keep(project.exposures, ({ name }) => name, declared('exposure')),
    unitTests: keep(project.unitTests, ({ name }) => name, declared('unit test')),
    diagnostics,
  };
}

function duplicateNode(first: ProjectNode, again: ProjectNode): Diagnostic {
  const args = { name: again.name, kind: again.kind, other: `${first.kind} in ${first.file.path}` };
  return reportLoad('CH110', args, {
    span: placeOf(again),
    related: [{ span: placeOf(first), message: 'the first of the two' }],
  });
}

function twice<Code extends 'CH119' | 'CH125'>(
  code: Code,
  args: Parameters<typeof reportLoad<Code>>[1],
  span: Span,
  first: Span,
): Diagnostic {
  return reportLoad(code, args, { span, related: [{ span: first, message: 'first declared here' }] });
}

function placeOf(node: ProjectNode): Span {
  if (node.body === undefined) return startOf(node.file.path);
  const { offset } = node.body.start;
  return new LineIndex(node.file.text).span(node.file.path, offset, offset);
}
