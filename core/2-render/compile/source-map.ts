import { LineIndex, type Span } from '../../diagnostics/index.ts';
import { segmentWidth } from '../jinja/segments.ts';
import type { Session } from '../jinja/session.ts';
import type { MacroFrame, Origin, SourceMap } from '../rendered.ts';

/**
 * A source map as plain data: what caches store.
 *
 * `segments` holds 5 numbers each, ordered by the first: start in the SQL, index into `files`, start in that file,
 * end in that file or -1 (copied character by character), frame. `frames` holds 5 numbers each: index into `macros`,
 * index into `files`, start and end of the call, enclosing frame; frame 0 is "no macro".
 */
export interface SourceMapData {
  readonly files: readonly string[];
  readonly macros: readonly string[];
  readonly segments: Int32Array;
  readonly frames: Int32Array;
  readonly length: number;
}

/** Line indexes of project files, made when first asked for. */
export class Lines {
  readonly #indexes = new Map<string, LineIndex>();

  constructor(readonly text: (path: string) => string | undefined) {}

  span(file: string, start: number, end: number): Span {
    let index = this.#indexes.get(file);
    if (!index) {
      index = new LineIndex(this.text(file) ?? '');
      this.#indexes.set(file, index);
    }
    return index.span(file, start, end);
  }
}

/** Looks up where a character of compiled SQL was written, in O(log segments). */
export class CompiledMap implements SourceMap {
  #data: SourceMapData | (() => SourceMapData);

  /** Data may be given as a function: most maps are never asked. */
  constructor(
    data: SourceMapData | (() => SourceMapData),
    readonly lines: Lines,
  ) {
    this.#data = data;
  }

  get data(): SourceMapData {
    if (typeof this.#data === 'function') this.#data = this.#data();
    return this.#data;
  }

  originOf(offset: number): Origin | undefined {
    const { segments, files, length } = this.data;
    if (offset < 0 || offset > length || segments.length === 0) return undefined;
    let low = 0;
    let high = segments.length / segmentWidth - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((segments[middle * segmentWidth] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    const [start, file, from, to, frame] = segments.subarray(low * segmentWidth) as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    const name = files[file] as string;
    const at = to === -1 ? from + offset - start : from;
    const span = this.lines.span(name, at, to === -1 ? at + 1 : to);
    return { span, frames: this.#framesOf(frame) };
  }

  /** Outermost first. */
  #framesOf(innermost: number): MacroFrame[] {
    const { frames, macros, files } = this.data;
    const out: MacroFrame[] = [];
    for (let id = innermost; id !== 0; ) {
      const [macro, file, start, end, parent] = frames.subarray(id * 5) as unknown as [
        number,
        number,
        number,
        number,
        number,
      ];
      out.unshift({
        macro: macros[macro] as string,
        callSite: this.lines.span(files[file] as string, start, end),
      });
      id = parent;
    }
    return out;
  }
}

/** The map of SQL that nobody wrote by hand: all of it goes back to one place. */
export class SpanMap implements SourceMap {
  constructor(readonly span: Span) {}

  originOf(): Origin {
    return { span: this.span, frames: [] };
  }
}

/** Turns a session's segments into a map that stands alone: ids become indexes into its own tables. */
export function compileMap(segments: readonly number[], length: number, session: Session): SourceMapData {
  const files = new Table();
  const macros = new Table();
  const frames: number[] = [0, 0, 0, 0, 0];
  const frameIds = new Map<number, number>([[0, 0]]);

  const place = (templateId: number, start: number, end: number): [number, number, number] => {
    const template = session.templates[templateId];
    if (!template) return [files.id(''), 0, 0];
    const { inside } = template;
    if (!inside) return [files.id(template.file), start, end];
    if (inside.shift === undefined) return [files.id(template.file), inside.start, inside.end];
    return [files.id(template.file), start + inside.shift, end === -1 ? -1 : end + inside.shift];
  };
  const frameOf = (id: number): number => {
    const known = frameIds.get(id);
    if (known !== undefined) return known;
    const record = session.frames[id] as (typeof session.frames)[number];
    const parent = frameOf(record.parent);
    const index = frames.length / 5;
    frameIds.set(id, index);
    frames.push(macros.id(record.macro), ...place(record.template, record.start, record.end), parent);
    return index;
  };

  const out = new Int32Array(segments.length);
  for (let i = 0; i < segments.length; i += segmentWidth) {
    const [file, start, end] = place(
      segments[i + 1] as number,
      segments[i + 2] as number,
      segments[i + 3] as number,
    );
    out[i] = segments[i] as number;
    out[i + 1] = file;
    out[i + 2] = start;
    out[i + 3] = end;
    out[i + 4] = frameOf(segments[i + 4] as number);
  }
  return {
    files: files.values,
    macros: macros.values,
    segments: out,
    frames: Int32Array.from(frames),
    length,
  };
}

/** Distinct strings in order of first use. */
class Table {
  readonly values: string[] = [];

  id(value: string): number {
    const found = this.values.indexOf(value);
    return found === -1 ? this.values.push(value) - 1 : found;
  }
}
