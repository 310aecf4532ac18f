/** A column of an audited model, as a rule sees it: what was declared, and what the audit found. */
export interface RuleColumn {
  readonly model: string;
  readonly column: string;
  readonly role: 'feature' | 'label';
  readonly verdict: 'PROVED' | 'REFUTED' | 'UNPROVEN';
  /** Sources that can change it: `raw.events`. */
  readonly sources: readonly string[];
  /** SQL type. */
  readonly type: string | undefined;
  readonly description: string | undefined;
  /** Proven look-back in days, relative to the prediction time: `from: -30, to: 0`. Null where nothing bounds it. */
  readonly window:
    | { readonly from: number | null; readonly to: number | null; readonly clock: string }
    | undefined;
  /** `window:` in days, as declared. */
  readonly claimedWindow: number | undefined;
  /** `horizon:` of a label in days, as declared. */
  readonly horizon: number | undefined;
  /** Declared facts that its proof rests on: `raw.events: event_ts <= loaded_at`. */
  readonly facts: readonly string[];
}

/** An audited model: one with a `point_in_time`. */
export interface RuleModel {
  readonly name: string;
  readonly file: string;
  readonly description: string | undefined;
  readonly entity: readonly string[];
  readonly predictionTime: string;
  readonly tags: readonly string[];
  /** Names of the sources and models it reads, directly or not. */
  readonly reads: readonly string[];
  readonly columns: readonly RuleColumn[];
}

/** A source table that an audited model reads. */
export interface RuleSource {
  /** `raw.events` */
  readonly name: string;
  readonly availableAt: string | undefined;
  readonly axioms: readonly string[];
  readonly primaryKey: readonly string[];
  readonly columns: readonly {
    readonly name: string;
    readonly type: string | undefined;
    readonly availableAt: string | undefined;
  }[];
}

/** A function called in the SQL of an audited model, or of a model that it reads. */
export interface RuleCall {
  /** In lower case: `now`, `date_trunc`. */
  readonly name: string;
  readonly model: string;
  readonly arguments: number;
}

type Messages = Readonly<Record<string, (data: never) => string>>;

/** Says what is wrong with the thing visited: the name of a message, and the data that it wants. */
export type RuleReport<All extends Messages> = <Name extends keyof All & string>(
  message: Name,
  ...data: Parameters<All[Name]>
) => void;

export interface AuditRuleOptions<All extends Messages> {
  /** Stable, in words joined by hyphens: reports, `rules:` in audits/policy.yml and code scanning know it by this. */
  readonly id: string;
  /** What holds of the project where the rule is silent, in one sentence. */
  readonly claim: string;
  /** What it may miss. */
  readonly cannotSee: string;
  /** `error` fails the audit; the policy may say otherwise. */
  readonly severity?: 'error' | 'warn';
  readonly messages: All;
  /** Called for each thing of the audited models; every problem is reported, none is thrown. */
  readonly visit: {
    readonly model?: (model: RuleModel, report: RuleReport<All>) => void;
    readonly column?: (column: RuleColumn, report: RuleReport<All>) => void;
    readonly source?: (source: RuleSource, report: RuleReport<All>) => void;
    readonly call?: (call: RuleCall, report: RuleReport<All>) => void;
  };
}

/** A project's own rule; `auditRule` makes it, `churn audit` runs it. */
export interface AuditRule extends Required<Omit<AuditRuleOptions<Messages>, 'visit'>> {
  readonly churn: 'audit_rule';
  readonly visit: AuditRuleOptions<Messages>['visit'];
}

/**
 * A rule of the project's own over what `churn audit` knows: a `.ts` file below `audits/` whose default export this
 * is. A rule is a small document: what it claims, what it cannot see, and how it tells.
 *
 * @example
 * export default auditRule({
 *   id: 'no-clock',
 *   claim: 'No model that features are made from reads the clock.',
 *   cannotSee: 'A clock behind a user-defined function.',
 *   messages: { clock: ({ name }: { name: string }) => `${name}() is read when the model is built` },
 *   visit: { call: ({ name }, report) => { if (name === 'now') report('clock', { name }); } },
 * });
 */
export function auditRule<const All extends Messages>(options: AuditRuleOptions<All>): AuditRule {
  return Object.freeze({
    churn: 'audit_rule',
    severity: 'error',
    ...options,
    messages: Object.freeze({ ...options.messages }),
    visit: Object.freeze({ ...options.visit }) as AuditRule['visit'],
  });
}
