import { type Diagnostic, LineIndex, reportLoad, type Span } from '../../diagnostics/index.ts';
import type { SourceText } from '../project.ts';
import { scanBlocks } from './blocks.ts';

interface SnapshotBlock {
  readonly name: string;
  readonly body: Span;
}

/** `{% snapshot name %}` blocks of one file. */
export function snapshotBlocks(file: SourceText): {
  readonly blocks: readonly SnapshotBlock[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const lines = new LineIndex(file.text);
  const { blocks, unclosed } = scanBlocks(file.text, 'snapshot');
  const diagnostics = unclosed.map(({ name, start, end }) => {
    const fix = 'Write `{% endsnapshot %}` after its select.';
    const span = lines.span(file.path, start, end);
    return reportLoad('CH124', { problem: `the snapshot \`${name}\` is not closed`, fix }, { span });
  });
  if (blocks.length === 0 && unclosed.length === 0 && file.text.trim() !== '') {
    const args = {
      problem: `${file.path} holds no snapshot`,
      cause:
        'a file in the snapshots folder is read for its `{% snapshot name %}` blocks, and this one has none',
      fix: 'Put the select between `{% snapshot name %}` and `{% endsnapshot %}`, or move the file to models/.',
    };
    diagnostics.push(reportLoad('CH124', args, { span: lines.span(file.path, 0, 1) }));
  }
  return {
    blocks: blocks.map((block) => ({
      name: block.name,
      body: lines.span(file.path, block.bodyStart, block.bodyEnd),
    })),
    diagnostics,
  };
}
