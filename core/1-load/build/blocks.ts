/** `{% snapshot name %} ... {% endsnapshot %}` or `{% docs name %} ... {% enddocs %}` in a file's text. */
export interface Block {
  readonly name: string;
  /** Offsets of the whole block, of its name, and of its body. */
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

export interface BlockScan {
  readonly blocks: readonly Block[];
  /** Openings without an end. */
  readonly unclosed: readonly { readonly name: string; readonly start: number; readonly end: number }[];
}

/** Finds the blocks of one kind; Jinja comments are passed over. Blocks of a kind do not nest. */
export function scanBlocks(text: string, kind: 'docs' | 'snapshot'): BlockScan {
  const tags = new RegExp(`\\{#[\\s\\S]*?#\\}|\\{%-?\\s*(?:${kind}\\s+([^\\s%]+)|end${kind})\\s*-?%\\}`, 'g');
  const blocks: Block[] = [];
  const unclosed: { name: string; start: number; end: number }[] = [];
  let open: { name: string; start: number; end: number; nameStart: number } | undefined;
  for (const match of text.matchAll(tags)) {
    if (match[0].startsWith('{#')) continue;
    const start = match.index;
    const end = start + match[0].length;
    const name = match[1];
    if (name === undefined) {
      if (open === undefined) continue;
      blocks.push({ ...open, end, bodyStart: open.end, bodyEnd: start });
      open = undefined;
    } else {
      if (open !== undefined) unclosed.push(open);
      open = {
        name,
        start,
        end,
        nameStart: start + match[0].indexOf(name, match[0].indexOf(kind) + kind.length),
      };
    }
  }
  if (open !== undefined) unclosed.push(open);
  return { blocks, unclosed };
}
