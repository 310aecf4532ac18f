import { type Diagnostic, LineIndex, reportLoad } from '../../diagnostics/index.ts';
import type { DocsBlock, SourceText } from '../project.ts';
import { scanBlocks } from './blocks.ts';

/** `{% docs %}` blocks of the project's Markdown files, by name. */
export function buildDocs(files: readonly SourceText[]): {
  readonly docs: ReadonlyMap<string, DocsBlock>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const docs = new Map<string, DocsBlock>();
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    if (!file.text.includes('{%')) continue;
    const lines = new LineIndex(file.text);
    const { blocks, unclosed } = scanBlocks(file.text, 'docs');
    for (const { name, start, end } of unclosed) {
      diagnostics.push(
        reportLoad(
          'CH123',
          {
            problem: `the docs block \`${name}\` is not closed`,
            fix: 'Write `{% enddocs %}` after its text.',
          },
          { span: lines.span(file.path, start, end) },
        ),
      );
    }
    for (const block of blocks) {
      const span = lines.span(file.path, block.start, block.end);
      const first = docs.get(block.name);
      if (first === undefined) {
        docs.set(block.name, {
          name: block.name,
          text: file.text.slice(block.bodyStart, block.bodyEnd).trim(),
          span,
        });
      } else {
        const related = [{ span: first.span, message: 'first declared here' }];
        diagnostics.push(reportLoad('CH125', { kind: 'docs block', name: block.name }, { span, related }));
      }
    }
  }
  return { docs, diagnostics };
}
