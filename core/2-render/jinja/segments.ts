import { MappedText } from './values/value.ts';

/**
 * Segments say where text was written. They lie flat in an array of numbers, `segmentWidth` each, ordered by their
 * start: [start in the text, template id, start in the template, end in the template or -1, frame id].
 * End -1 marks text copied character by character from the template; otherwise the whole range of the template
 * (an expression) produced all of the text. Ids are those of the session's tables.
 */
export const segmentWidth = 5;

/** Parts joined; mapped parts keep their origins, plain ones get the origin of what prints the whole. */
export function concatText(parts: readonly (string | MappedText)[]): string | MappedText {
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  let text = '';
  const segments: number[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      if (part !== '') segments.push(text.length, -1, 0, 0, 0);
      text += part;
    } else {
      appendSegments(segments, part.segments, text.length);
      text += part.text;
    }
  }
  return new MappedText(text, segments);
}

/** Copies segments, shifted to where their text stands. */
export function appendSegments(to: number[], from: readonly number[], shift: number): void {
  for (let i = 0; i < from.length; i += segmentWidth) {
    to.push(
      (from[i] as number) + shift,
      from[i + 1] as number,
      from[i + 2] as number,
      from[i + 3] as number,
      from[i + 4] as number,
    );
  }
}

/** The part `[from, to)` of a mapped text. */
export function sliceText(value: MappedText, from: number, to: number): MappedText {
  const segments: number[] = [];
  const { segments: all } = value;
  for (let i = 0; i < all.length; i += segmentWidth) {
    const start = all[i] as number;
    const end = i + segmentWidth < all.length ? (all[i + segmentWidth] as number) : value.text.length;
    if (end <= from || start >= to) continue;
    const skipped = Math.max(0, from - start);
    const literal = all[i + 3] === -1;
    segments.push(
      Math.max(start, from) - from,
      all[i + 1] as number,
      (all[i + 2] as number) + (literal ? skipped : 0),
      all[i + 3] as number,
      all[i + 4] as number,
    );
  }
  return new MappedText(value.text.slice(from, to), segments);
}

/** Applies a change of text that keeps its length, such as upper-casing; otherwise the origins are lost. */
export function transformText(
  value: string | MappedText,
  change: (text: string) => string,
): string | MappedText {
  if (typeof value === 'string') return change(value);
  const text = change(value.text);
  return text.length === value.text.length ? new MappedText(text, value.segments) : text;
}

/** Python's `strip`, keeping origins. */
export function stripText(
  value: string | MappedText,
  characters: string | undefined,
  sides: 'both' | 'left' | 'right',
): string | MappedText {
  const text = typeof value === 'string' ? value : value.text;
  const isStripped =
    characters === undefined
      ? (char: string) => /\s/.test(char)
      : (char: string) => characters.includes(char);
  let from = 0;
  let to = text.length;
  if (sides !== 'right') while (from < to && isStripped(text[from] as string)) from++;
  if (sides !== 'left') while (to > from && isStripped(text[to - 1] as string)) to--;
  return typeof value === 'string' ? text.slice(from, to) : sliceText(value, from, to);
}

/** Collects output and its origins. */
export class Output {
  #parts: string[] = [];
  #length = 0;
  readonly segments: number[] = [];

  get length(): number {
    return this.#length;
  }

  /** Text copied from the template at `start`. */
  literal(text: string, template: number, start: number, frame: number): void {
    this.segments.push(this.#length, template, start, -1, frame);
    this.#parts.push(text);
    this.#length += text.length;
  }

  /** Text computed by the expression at `[start, end)` of the template. */
  computed(text: string, template: number, start: number, end: number, frame: number): void {
    if (text === '') return;
    this.segments.push(this.#length, template, start, end, frame);
    this.#parts.push(text);
    this.#length += text.length;
  }

  /** Text that knows its origins; what does not (template -1) is credited to the printing expression. */
  mapped(value: MappedText, template: number, start: number, end: number, frame: number): void {
    const { segments } = value;
    for (let i = 0; i < segments.length; i += segmentWidth) {
      const known = segments[i + 1] !== -1;
      this.segments.push(
        (segments[i] as number) + this.#length,
        known ? (segments[i + 1] as number) : template,
        known ? (segments[i + 2] as number) : start,
        known ? (segments[i + 3] as number) : end,
        known ? (segments[i + 4] as number) : frame,
      );
    }
    this.#parts.push(value.text);
    this.#length += value.text.length;
  }

  toText(): string {
    return this.#parts.length === 1 ? (this.#parts[0] as string) : this.#parts.join('');
  }

  toValue(): string | MappedText {
    const text = this.toText();
    return text === '' ? '' : new MappedText(text, this.segments);
  }
}
