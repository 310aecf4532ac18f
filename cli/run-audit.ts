import type { AuditContext } from './audit-flags.ts';
import { checkOnData } from './audit-on-data.ts';
import { explanation, prove } from './audit-proof.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { beginAudit, keepAudit } from './keep-audit.ts';
import { selectIds } from './selection.ts';
import { openProject } from './session.ts';
import { showAudit } from './show-audit.ts';

/** @param isWhole all models are asked for: the outcome is kept for the next time */
export async function runAudit(context: AuditContext, isWhole: boolean): Promise<ExitCode> {
  const { flags, emit } = context;
  const opened = await openProject(context, { bind: true, stamp: isWhole });
  try {
    if (flags.explain !== undefined) {
      const text = await explanation(opened, flags.explain);
      emit({ type: 'data', text, records: [{ type: 'explanation', column: flags.explain, text }] });
      return exitCodes.done;
    }
    const ids = isWhole ? undefined : await selectIds(context, opened);
    const audited = [...opened.rendered.nodes.values()].filter(
      ({ uniqueId, pointInTime }) =>
        pointInTime !== undefined && (ids === undefined || ids.includes(uniqueId)),
    );
    if (audited.length === 0) {
      emit({ type: 'note', level: 'warning', text: 'No model with a point_in_time is among them.' });
      return exitCodes.nothing;
    }
    const models = new Set(audited.map(({ uniqueId }) => uniqueId));
    const trains = opened.project.prediction !== undefined;
    const show = { format: flags.format, onData: flags.onData, trains };
    if (flags.onData) {
      const outcome = await checkOnData(context, opened, { models, samples: flags.samples });
      return showAudit(context, outcome, show);
    }
    const begun = beginAudit(context, opened);
    const { report, audit } = await prove(context, opened, models);
    if (isWhole) keepAudit(context, opened, report, begun);
    return showAudit(context, audit, show);
  } finally {
    opened.bound?.close();
  }
}
