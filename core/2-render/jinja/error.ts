import type { Diagnostic, RelatedSpan, Span } from '../../diagnostics/index.ts';
import { reportRender } from '../../diagnostics/index.ts';

type Code = Parameters<typeof reportRender>[0];
type ArgsOf<C extends Code> = Parameters<typeof reportRender<C>>[1];

/**
 * A problem met while parsing or evaluating a template. Thrown inside 2-render only, and always turned into a
 * diagnostic at the node's boundary. `at` is a range of offsets in the template being parsed or evaluated, `span` a
 * place in a project file; the evaluator fills in what the thrower does not know.
 */
export class RenderError extends Error {
  at?: readonly [number, number];
  span?: Span;
  related: RelatedSpan[] = [];
  /** What was going on, innermost first: the iteration of the loop, for example. */
  notes: string[] = [];
  located = false;
  readonly build: (place: { span?: Span; related?: readonly RelatedSpan[]; node?: string }) => Diagnostic;

  constructor(build: RenderError['build'], at?: readonly [number, number]) {
    super('');
    this.build = build;
    if (at) this.at = at;
  }

  /** As a diagnostic of `node`; the notes follow the cause. */
  toDiagnostic(node?: string): Diagnostic {
    const place = {
      ...(this.span && { span: this.span }),
      ...(this.related.length > 0 && { related: this.related }),
      ...(node !== undefined && { node }),
    };
    const diagnostic = this.build(place);
    if (this.notes.length === 0) return diagnostic;
    const cause = [diagnostic.cause, ...this.notes].filter((part) => part !== undefined).join('; ');
    return { ...diagnostic, cause };
  }
}

/** Throws a RenderError with the wording of a catalogue entry. */
export function raise<C extends Code>(code: C, args: ArgsOf<C>, at?: readonly [number, number]): never {
  throw renderError(code, args, at);
}

/** A RenderError with the wording of a catalogue entry. */
export function renderError<C extends Code>(
  code: C,
  args: ArgsOf<C>,
  at?: readonly [number, number],
): RenderError {
  return new RenderError((place) => reportRender(code, args, place), at);
}
