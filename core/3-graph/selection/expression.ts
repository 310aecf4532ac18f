import type { Span } from '../../diagnostics/index.ts';

/** How tests join a selection of the nodes they look at; dbt's words and meanings. */
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

/** `2+tag:daily+1`: a method, its value, and how far to follow the graph from what it matches. */
export interface Criterion {
  readonly kind: 'criterion';
  readonly method: string;
  /** `['materialized']` of `config.materialized:`, `['modified', 'body']` of `state:modified.body`. */
  readonly arguments: readonly string[];
  readonly value: string;
  /** `@`: descendants, and all ancestors of those. */
  readonly childrensParents: boolean;
  /** Edges to follow; Infinity for `+`; undefined for none. */
  readonly parents?: number;
  readonly children?: number;
  readonly indirect?: IndirectSelection;
  /** As the user wrote it. */
  readonly text: string;
  readonly span?: Span;
}

/** A selection as a tree of set operations over criteria. */
export type Expression =
  | Criterion
  | { readonly kind: 'union'; readonly parts: readonly Expression[] }
  | { readonly kind: 'intersection'; readonly parts: readonly Expression[] }
  | { readonly kind: 'difference'; readonly include: Expression; readonly exclude: Expression };
