import { appendSegments, type Output } from '../jinja/segments.ts';

/** SQL with its segments (see jinja/segments.ts), before it becomes a map of its own. */
export interface MappedSql {
  readonly text: string;
  readonly segments: readonly number[];
}

export function toMappedSql(output: Output): MappedSql {
  return { text: output.toText(), segments: output.segments };
}

/** Where text that nobody wrote is credited to: a range of a template. */
export interface Site {
  readonly template: number;
  readonly start: number;
  readonly end: number;
  readonly frame: number;
}

/** Joins SQL and glue into one mapped text. */
export class MappedBuilder {
  #text = '';
  readonly #segments: number[] = [];

  add(sql: MappedSql): this {
    appendSegments(this.#segments, sql.segments, this.#text.length);
    this.#text += sql.text;
    return this;
  }

  glue(text: string, site: Site): this {
    this.#segments.push(this.#text.length, site.template, site.start, site.end, site.frame);
    this.#text += text;
    return this;
  }

  build(): MappedSql {
    return { text: this.#text, segments: this.#segments };
  }
}
