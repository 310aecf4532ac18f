import type { Diagnostic, RelatedSpan, Severity } from './diagnostic.ts';
import type { Span } from './span.ts';

/** What a catalogue entry says for given arguments. */
export interface MessageText {
  readonly message: string;
  readonly cause?: string;
  readonly fix?: string;
}

/** A catalogue entry: a stable code's title, severity and wording. */
export interface MessageEntry<Args> {
  readonly title: string;
  readonly severity: Severity;
  readonly text: (args: Args) => MessageText;
}

/** Where a diagnostic points, besides its words. */
export interface DiagnosticPlace {
  readonly span?: Span;
  readonly related?: readonly RelatedSpan[];
  readonly node?: string;
}

type ArgsOf<Entry> = Entry extends MessageEntry<infer Args> ? Args : never;

/** One entry of a phase's catalogue; its argument type is inferred from `text`. */
export function entry<Args>(
  severity: Severity,
  title: string,
  text: (args: Args) => MessageText,
): MessageEntry<Args> {
  return { title, severity, text };
}

/**
 * A phase's reporter: turns code, arguments and place into a diagnostic, typed by the phase's catalogue.
 *
 * @example
 * const report = reporter(loadMessages);
 * report('CH102', { key: 'modles', where: 'churn_project.yml', nearest: 'models' }, { span });
 */
export function reporter<Catalogue extends Record<string, MessageEntry<never>>>(catalogue: Catalogue) {
  return <Code extends keyof Catalogue & string>(
    code: Code,
    args: ArgsOf<Catalogue[Code]>,
    place: DiagnosticPlace = {},
  ): Diagnostic => {
    const found = catalogue[code] as unknown as MessageEntry<unknown>;
    return { code, severity: found.severity, ...found.text(args), ...place };
  };
}

/** ` (did you mean X?)` or nothing. */
export function didYouMean(nearestName: string | undefined): string | undefined {
  return nearestName === undefined ? undefined : `Did you mean \`${nearestName}\`?`;
}
