import type { Span } from '../../diagnostics/index.ts';
import { digest } from '../compile/hash.ts';
import { SpanMap } from '../compile/source-map.ts';
import type { Relation, RenderedTest, TestConfig } from '../rendered.ts';

/** A built-in test without arguments, as the cache keeps it: uniqueId, name, alias, test, column, then its span. */
export type KeptTest = readonly [
  uniqueId: string,
  name: string,
  alias: string,
  test: string,
  column: string,
  file: string,
  ...span: readonly number[],
];

export function keepTest(test: RenderedTest, alias: string): KeptTest {
  const { generic, span, uniqueId, name } = test;
  const { start, end } = span;
  const places = [start.offset, start.line, start.column, end.offset, end.line, end.column];
  return [uniqueId, name, alias, generic?.test ?? '', generic?.column ?? '', span.file, ...places];
}

/** What a plain test needs besides its names and place. */
export interface PlainTest {
  readonly uniqueId: string;
  readonly name: string;
  readonly test: string;
  readonly column: string;
  readonly attachedTo: string;
  readonly span: Span;
  readonly config: TestConfig;
  readonly configJson: string;
  readonly sql: () => string;
  readonly relation: () => Relation;
}

/** A test whose SQL, hash and place for failures are made when asked for. */
export function lazyTest(plain: PlainTest): RenderedTest {
  const { test, attachedTo, column, span } = plain;
  return {
    kind: 'test',
    uniqueId: plain.uniqueId,
    name: plain.name,
    path: span.file,
    description: '',
    dependsOn: [attachedTo],
    macros: [],
    config: plain.config,
    generic: { test, attachedTo, column, arguments: {} },
    span,
    get hash() {
      return digest('test', plain.sql(), plain.configJson);
    },
    get sql() {
      return plain.sql();
    },
    get map() {
      return new SpanMap(span);
    },
    get relation() {
      return plain.relation();
    },
  };
}

export function keptSpan([, , , , , file, ...places]: KeptTest): Span {
  const position = (at: number) => ({
    offset: places[at] as number,
    line: places[at + 1] as number,
    column: places[at + 2] as number,
  });
  return { file, start: position(0), end: position(3) };
}
