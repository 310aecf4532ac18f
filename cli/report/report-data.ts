import type { FeatureImportance } from '#ml';
import type { EvaluationDocument, RunRecord } from '#ops';
import type { Lineage } from '../site/lineage.ts';

/** One reason behind a customer's score, ready to be read. */
export interface ReportDriver {
  readonly feature: string;
  readonly value: string;
  /** In log-odds. */
  readonly contribution: number;
  readonly action: string | undefined;
  readonly actionDescription: string | undefined;
}

export interface ReportCustomer {
  readonly entity: string;
  readonly at: string;
  /** Cohort and tier, where the project has them. */
  readonly groups: readonly string[];
  readonly probability: number;
  readonly action: string | undefined;
  readonly actionDescription: string | undefined;
  readonly drivers: readonly ReportDriver[];
  /** SVG. */
  readonly waterfall: string;
  /** SVG. */
  readonly force: string;
}

/** The audit's outcome, as audit.json has it. */
export interface ReportAudit {
  readonly method: string;
  readonly summary: readonly {
    readonly name: string;
    readonly value: number;
    readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  }[];
  readonly findings: readonly { readonly what: string; readonly verdict: string; readonly reason: string }[];
}

/** The last build, as run_results.json has it. */
export interface ReportBuild {
  readonly seconds: number;
  readonly pass: number;
  readonly warn: number;
  readonly fail: number;
  readonly skip: number;
  readonly nodes: readonly {
    readonly name: string;
    readonly kind: string;
    readonly status: string;
    readonly seconds: number;
    readonly rows: number | undefined;
  }[];
}

/** All that the report shows; making it and drawing it are apart. */
export interface ReportData {
  readonly project: string;
  readonly entity: string;
  readonly generatedAt: string;
  readonly version: string;
  readonly run: RunRecord;
  readonly evaluation: EvaluationDocument;
  readonly importance: readonly FeatureImportance[];
  /** Features with a declared action. */
  readonly actionOf: ReadonlyMap<string, string>;
  /** SVG by name. */
  readonly plots: Readonly<Record<string, string>>;
  readonly scoredAt: string;
  readonly scoredRows: number;
  readonly aboveThreshold: number | undefined;
  readonly actions: readonly { readonly action: string; readonly customers: number }[];
  readonly customers: readonly ReportCustomer[];
  readonly audit: ReportAudit | undefined;
  readonly build: ReportBuild | undefined;
  readonly lineage: Lineage;
}
