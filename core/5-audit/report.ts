import type { Diagnostic, Span } from '../diagnostics/index.ts';

/**
 * `PROVED`: no database exists in which the future changes the column. `REFUTED`: one does, and it was executed.
 * `UNPROVEN`: neither. `UNCHANGED` (check on data only): the rebuild from what was known agreed with the full
 * build; evidence, not proof.
 */
export type Verdict = 'PROVED' | 'REFUTED' | 'UNPROVEN' | 'UNCHANGED';

/** The output column's name, or this for the presence of rows. */
export const ROWS = '(rows)';

/** A value of a row as JSON shows it. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Rows that show the leak, and the column's value with and without what was unknown at the prediction time. */
export interface WitnessReport {
  readonly prediction_time: string;
  /** By source (`raw.events`); the check on data names the model's own differing rows. */
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, JsonValue>>[]>>;
  readonly with: JsonValue;
  readonly without: JsonValue;
}

export interface ReportPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Proven look-back of a feature, in the time of the source column `clock`. */
export interface WindowReport {
  readonly from: string | null;
  readonly to: string | null;
  readonly clock: string;
}

/**
 * Of the label that models are trained on: whether the instant that training folds are purged by is late enough. With
 * it PROVED, a label that counts as known at a test fold's first prediction time depends on nothing later.
 */
export interface KnownAtReport {
  /** The column of the model, or `prediction_time + 90 days`. */
  readonly by: string;
  readonly verdict: 'PROVED' | 'UNPROVEN';
  readonly reason?: string;
}

/** What the audit says of one column, or of the presence of rows. Field names are the JSON's. */
export interface AuditResult {
  readonly model: string;
  readonly column: string;
  readonly verdict: Verdict;
  readonly sources: readonly string[];
  readonly role?: 'label';
  readonly known_at?: KnownAtReport;
  readonly window?: WindowReport;
  readonly obligations?: number;
  /** Declared facts the proof cannot do without: `raw.events: event_ts <= loaded_at`. */
  readonly facts?: readonly string[];
  /** Facts among them that the data breaks: the proof is none for this data, and the verdict UNPROVEN. */
  readonly withdrawn?: readonly string[];
  readonly reason?: string;
  readonly at?: ReportPlace;
  /** From the audited model down to the source, by name. */
  readonly path?: readonly string[];
  readonly witness?: WitnessReport;
  /** What the policy makes of a REFUTED or UNPROVEN result: `error` stops a merge. */
  readonly severity?: 'error' | 'warn';
  /** Set when a signed waiver covers an UNPROVEN or REFUTED result. */
  readonly waived?: { readonly by: string; readonly why: string; readonly until: string };
  readonly warnings?: readonly string[];
  /** Check on data: rows of the sampled prediction times that differ. */
  readonly differing?: number;
}

/** What a rule of the project's own found. */
export interface RuleFinding {
  readonly rule: string;
  /** `error` stops a merge. */
  readonly severity: 'error' | 'warn';
  /** What the rule claims, and does not hold here. */
  readonly claim: string;
  /** The model, or the source (`raw.events`), that it is about. */
  readonly model: string;
  readonly column?: string;
  readonly message: string;
  readonly at: ReportPlace;
}

export interface AuditSummary {
  readonly models: number;
  readonly columns: number;
  readonly proved: number;
  readonly refuted: number;
  readonly unproven: number;
  readonly waived: number;
  readonly unchanged?: number;
  /** Findings of the project's own rules; left out where there are no rules. */
  readonly findings?: number;
  readonly seconds: number;
}

/** The JSON of `churn audit --format json`. */
export interface AuditJson {
  readonly schema_version: 1;
  readonly check?: 'on-data';
  readonly summary: AuditSummary;
  readonly results: readonly AuditResult[];
  /** Of the project's own rules; left out where there are no rules. */
  readonly findings?: readonly RuleFinding[];
}

/** The audit's JSON, and the problems of declarations and of the policy. */
export interface AuditReport extends AuditJson {
  readonly diagnostics: readonly Diagnostic[];
}

export function placeOf(span: Span): ReportPlace {
  return { file: span.file, line: span.start.line, column: span.start.column };
}
