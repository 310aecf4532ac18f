import { type Diagnostic, LineIndex, reportLoad, type Span } from '../../diagnostics/index.ts';
import { startOf } from '../build/names.ts';
import type { Exposure, ProjectNode, SingularTest, SourceTable, UnitTestDeclaration } from '../project.ts';

/** Names that must be unique across the project's files. */
export function checkUnique(project: {
  readonly nodes: readonly ProjectNode[];
  readonly singularTests: readonly SingularTest[];
  readonly sources: readonly SourceTable[];
  readonly exposures: readonly Exposure[];
  readonly unitTests: readonly UnitTestDeclaration[];
}): Diagnostic[] {
  return [
    ...repeated(project.nodes, ({ name }) => name).map(({ first, again }) =>
      reportLoad(
        'CH110',
        { name: again.name, kind: again.kind, other: `${first.kind} in ${first.file.path}` },
        { span: placeOf(again), related: [{ span: placeOf(first), message: 'the first of the two' }] },
      ),
    ),
    ...repeated(project.sources, ({ uniqueId }) => uniqueId).map(({ first, again }) =>
      reportLoad(
        'CH119',
        { source: again.sourceName, table: again.name },
        { span: again.span, related: [{ span: first.span, message: 'first declared here' }] },
      ),
    ),
    ...repeated(project.singularTests, ({ name }) => name).map(({ first, again }) =>
      reportLoad(
        'CH125',
        { kind: 'test', name: again.name },
        {
          span: startOf(again.file.path),
          related: [{ span: startOf(first.file.path), message: 'the first of the two' }],
        },
      ),
    ),
    ...declaredTwice('exposure', project.exposures),
    ...declaredTwice('unit test', project.unitTests),
  ];
}

function declaredTwice(
  kind: string,
  items: readonly { readonly name: string; readonly span: Span }[],
): Diagnostic[] {
  return repeated(items, ({ name }) => name).map(({ first, again }) =>
    reportLoad(
      'CH125',
      { kind, name: again.name },
      { span: again.span, related: [{ span: first.span, message: 'first declared here' }] },
    ),
  );
}

function repeated<T>(
  items: readonly T[],
  key: (item: T) => string,
): { readonly first: T; readonly again: T }[] {
  const seen = new Map<string, T>();
  const found: { first: T; again: T }[] = [];
  for (const item of items) {
    const first = seen.get(key(item));
    if (first === undefined) seen.set(key(item), item);
    else found.push({ first, again: item });
  }
  return found;
}

function placeOf(node: ProjectNode): Span {
  if (node.body === undefined) return startOf(node.file.path);
  const { offset } = node.body.start;
  return new LineIndex(node.file.text).span(node.file.path, offset, offset);
}
