import type { Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Another place that helps to understand a diagnostic: the first declaration, the calling model, a macro frame. */
export interface RelatedSpan {
  readonly span: Span;
  readonly message: string;
}

/** One problem of the user's project, ready to be shown. Diagnostics are collected, never thrown. */
export interface Diagnostic {
  /** `CHnnn`, from the catalogue; each has a page under docs/diagnostics/. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what is wrong, naming the thing. */
  readonly message: string;
  readonly span?: Span;
  /** Why it is wrong, where the message alone does not tell. */
  readonly cause?: string;
  /** What to type instead. */
  readonly fix?: string;
  readonly related?: readonly RelatedSpan[];
  /** unique_id of the node concerned, such as `model.shop.orders`. */
  readonly node?: string;
}

/** True when any of the diagnostics is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** By file, then position, then code: the order in which a reader fixes them. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.span?.file ?? '', b.span?.file ?? '') ||
      (a.span?.start.offset ?? 0) - (b.span?.start.offset ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
