import type { Span } from '../diagnostics/index.ts';

/** What YAML can hold. */
export type ConfigValue =
  | string
  | number
  | boolean
  | null
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };

/** A value and the place where the user wrote it. Strings may hold Jinja; 2-render evaluates it. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}
