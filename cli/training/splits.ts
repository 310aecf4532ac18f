import { type AuditResult, blockingResults, reportCli } from '#core';
import type { FoldPlan } from '#ml';
import { instantText } from '#ops';
import { verdicts } from '../audit-proof.ts';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';
import type { OpenedGold } from './gold.ts';

/** `splits.json` of a run: why its folds are purged, and the instants that show it. */
export interface SplitsDocument {
  readonly label: string;
  /** What the audit proved: nothing after this instant changes a row's label. Null where it was not audited. */
  readonly known_at: AuditResult['known_at'] | null;
  /** Of each fold: no label it was trained on became known after its test begins. */
  readonly folds: readonly {
    readonly name: string;
    readonly test_from: string;
    readonly latest_label_known_at: string;
    readonly train_rows: number;
    readonly purged: number;
  }[];
}

/**
 * What the audit says of the label's availability. Training on a label that may depend on what its folds are tested
 * on is refused, unless the policy warns only or somebody signed a waiver.
 */
export async function labelProof(gold: OpenedGold): Promise<AuditResult['known_at'] | null> {
  const { prediction, rendered, bound } = gold;
  const node = [...rendered.nodes.values()].find(({ name }) => name === prediction.model.value);
  if (bound === undefined || node?.pointInTime === undefined) return null;
  const { results } = await verdicts(gold, new Set([node.uniqueId]));
  const label = results.find(({ column }) => column.toLowerCase() === prediction.label.toLowerCase());
  if (label?.known_at?.verdict === 'UNPROVEN' && blockingResults([label]).length > 0) {
    const { by, reason = '' } = label.known_at;
    fail(reportCli('CH933', { label: prediction.label, by, reason }), exitCodes.failed);
  }
  return label?.known_at ?? null;
}

export function splitsDocument(
  label: string,
  proof: AuditResult['known_at'] | null,
  plan: FoldPlan,
  labelKnownAt: Float64Array | undefined,
): SplitsDocument {
  return {
    label,
    known_at: proof,
    folds: [...plan.folds, plan.final].map(({ name, train, testFrom, purged }) => ({
      name,
      test_from: instantText(testFrom),
      latest_label_known_at: instantText(
        train.reduce((latest, row) => Math.max(latest, labelKnownAt?.[row] ?? Number.NaN), -Infinity),
      ),
      train_rows: train.length,
      purged,
    })),
  };
}
