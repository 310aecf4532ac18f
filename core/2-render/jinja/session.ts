import { LineIndex, type Span } from '../../diagnostics/index.ts';
import type { Template } from './ast.ts';

/** Where a template stands; its tree is not kept, so that it can be forgotten once it is rendered. */
export type TemplatePlace = Pick<Template, 'file' | 'text' | 'inside'>;

import { spanIn } from './parse.ts';

/** A macro call: its name, where it was called, and the call it was made from (0: none). */
export interface FrameRecord {
  readonly macro: string;
  readonly template: number;
  readonly start: number;
  readonly end: number;
  readonly parent: number;
}

/** Tables shared by everything one rendering of a project evaluates: templates, macro frames, line indexes. */
export class Session {
  readonly templates: TemplatePlace[] = [];
  /** Frame 0 means "not in a macro". */
  readonly frames: FrameRecord[] = [{ macro: '', template: -1, start: 0, end: 0, parent: 0 }];
  readonly #ids = new WeakMap<TemplatePlace, number>();
  readonly #lines = new Map<string, LineIndex>();

  /** `text` gives the whole text of a project file; templates that are whole files bring their own. */
  constructor(readonly text: (path: string) => string | undefined) {}

  idOf(template: TemplatePlace): number {
    const known = this.#ids.get(template);
    if (known !== undefined) return known;
    const { file, text, inside } = template;
    const id = this.templates.push({ file, text, ...(inside && { inside }) }) - 1;
    this.#ids.set(template, id);
    return id;
  }

  frame(record: FrameRecord): number {
    return this.frames.push(record) - 1;
  }

  lines(file: string, fallback = ''): LineIndex {
    let index = this.#lines.get(file);
    if (!index) {
      index = new LineIndex(this.text(file) ?? fallback);
      this.#lines.set(file, index);
    }
    return index;
  }

  span(templateId: number, start: number, end: number): Span {
    const template = this.templates[templateId] as TemplatePlace;
    return spanIn(template, start, end, this.lines(template.file, template.text));
  }
}
