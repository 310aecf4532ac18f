import type { AuditResult } from '../report.ts';

/**
 * The card of a feature: its source, its window, whether it was available, the risk.
 *
 * @example
 * Feature        logins_30d
 * Source         raw.events
 * Window         prediction_time - 30 days to prediction_time (event_ts)
 * Available      yes, on every contributing row (proved, 3 obligations)
 * Leakage risk   none
 */
export function card(result: AuditResult): string {
  const rows: [string, string][] = [
    [result.role === 'label' ? 'Label' : 'Feature', `${result.model}.${result.column}`],
    [
      'Source',
      `${result.sources.join(', ') || 'none'}${result.path ? ` (${result.path.join(' <- ')})` : ''}`,
    ],
  ];
  if (result.window !== undefined) {
    const { from, to, clock } = result.window;
    const end = (text: string | null): string =>
      text === null
        ? 'unbounded'
        : text === '0' || text === '-1 microsecond'
          ? `prediction_time${text === '0' ? '' : ' (exclusive)'}`
          : `prediction_time ${text.startsWith('-') ? `- ${text.slice(1)}` : `+ ${text}`}`;
    rows.push(['Window', `${end(from)} to ${end(to)} (${clock})`]);
  }
  if (result.known_at !== undefined) {
    const { by, verdict, reason } = result.known_at;
    rows.push([
      'Known at',
      `${by} (${verdict === 'PROVED' ? 'proved: nothing later changes it' : `not proved: ${reason}`})`,
    ]);
  }
  rows.push(['Available', availability(result)], ['Leakage risk', risk(result)]);
  for (const fact of result.facts ?? []) rows.push(['Rests on', fact]);
  for (const warning of result.warnings ?? []) rows.push(['Warning', warning]);
  return rows.map(([name, text]) => `${name.padEnd(15)}${text}`).join('\n');
}

function availability({ verdict, obligations, role, reason, withdrawn, at: place }: AuditResult): string {
  if (withdrawn !== undefined) return `not proved: ${reason}`;
  const count = `${obligations ?? 0} obligation${obligations === 1 ? '' : 's'}`;
  if (verdict === 'PROVED') {
    return role === 'label'
      ? `after its horizon: nothing later changes it (proved, ${count})`
      : `yes, on every contributing row (proved, ${count})`;
  }
  const at = place === undefined ? '' : `\n${' '.repeat(15)}at ${place.file}:${place.line}:${place.column}`;
  return `${verdict === 'REFUTED' ? 'no' : 'not proved'}: ${reason}${at}`;
}

function risk({ verdict, waived }: AuditResult): string {
  if (waived !== undefined) return `waived by ${waived.by} until ${waived.until}: ${waived.why}`;
  if (verdict === 'PROVED') return 'none';
  return verdict === 'REFUTED' ? 'certain: shown by execution' : 'unknown';
}
