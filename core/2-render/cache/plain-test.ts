import type { Span } from '../../diagnostics/index.ts';
import { digest } from '../compile/hash.ts';
import { SpanMap } from '../compile/source-map.ts';
import type { Relation, RenderedTest, SourceMap, TestConfig } from '../rendered.ts';

/** A plain test as the cache keeps it: its name, the end of its unique_id, test, column, and the span's numbers. */
export type KeptTest = readonly [
  name: string,
  hash: string,
  test: string,
  column: string,
  ...span: readonly number[],
];

/** The plain tests of one owner; all are declared in one file. */
export interface KeptTests {
  readonly file: string;
  readonly list: readonly KeptTest[];
}

/** What the plain tests of an owner share. */
export interface PlainOwner {
  readonly attachedTo: string;
  readonly dependsOn: readonly string[];
  readonly file: string;
  readonly project: string;
  readonly config: TestConfig;
  readonly configJson: string;
  readonly sqlOf: (test: string, column: string) => string;
  /** Where failures are stored, by the test's name. */
  readonly relationOf: (test: string, name: string) => Relation;
}

const none: readonly string[] = [];

/**
 * A built-in test without arguments or configuration. There are as many of them as of everything else together, so
 * each is a name and a place; the rest is made when asked for.
 */
export class PlainTest implements RenderedTest {
  readonly kind = 'test' as const;
  readonly uniqueId: string;

  constructor(
    readonly kept: KeptTest,
    readonly owner: PlainOwner,
  ) {
    this.uniqueId = `test.${owner.project}.${kept[0]}.${kept[1]}`;
  }

  get name(): string {
    return this.kept[0];
  }

  get path(): string {
    return this.owner.file;
  }

  get description(): string {
    return '';
  }

  get dependsOn(): readonly string[] {
    return this.owner.dependsOn;
  }

  get macros(): readonly string[] {
    return none;
  }

  get config(): TestConfig {
    return this.owner.config;
  }

  get generic(): NonNullable<RenderedTest['generic']> {
    const [, , test, column] = this.kept;
    return { test, attachedTo: this.owner.attachedTo, column, arguments: {} };
  }

  get span(): Span {
    const [, , , , ...places] = this.kept;
    const position = (at: number) => ({
      offset: places[at] as number,
      line: places[at + 1] as number,
      column: places[at + 2] as number,
    });
    return { file: this.owner.file, start: position(0), end: position(3) };
  }

  get sql(): string {
    return this.owner.sqlOf(this.kept[2], this.kept[3]);
  }

  get hash(): string {
    return digest('test', this.sql, this.owner.configJson);
  }

  get map(): SourceMap {
    return new SpanMap(this.span);
  }

  get relation(): Relation {
    return this.owner.relationOf(this.kept[2], this.kept[0]);
  }

  /** As any other rendered test is written. */
  toJSON(): RenderedTest {
    const { kind, uniqueId, name, path, description, dependsOn, macros, config, generic } = this;
    const { span, sql, hash, map, relation } = this;
    const base = { kind, uniqueId, name, path, description, dependsOn, macros, config, generic };
    return { ...base, span, sql, hash, map, relation };
  }
}

export function spanNumbers({ start, end }: Span): readonly number[] {
  return [start.offset, start.line, start.column, end.offset, end.line, end.column];
}
