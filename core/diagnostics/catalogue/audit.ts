import { didYouMean, entry, reporter } from '../message.ts';

/** Messages of the audit phase. */
export const auditMessages = {
  CH501: entry(
    'error',
    'A declaration of availability cannot be read',
    ({ node, what, sql, message }: { node: string; what: string; sql: string; message: string }) => ({
      message: `${what} of ${node} cannot be read: \`${sql}\``,
      cause: message,
      fix: 'Write SQL over the columns of one row, such as `loaded_at` or `closed_at + interval 1 hour`.',
    }),
  ),
  CH502: entry(
    'error',
    'A waiver has expired',
    ({ model, column, who, until }: { model: string; column: string; who: string; until: string }) => ({
      message: `the waiver of ${who} for ${model}.${column} expired on ${until}`,
      cause: 'An expired waiver waives nothing: the column is refuted or unproven again.',
      fix: 'Repair the column, or have somebody sign a waiver until a later day in audits/policy.yml.',
    }),
  ),
  CH503: entry(
    'warning',
    'A waiver is not needed',
    ({ model, column }: { model: string; column: string }) => ({
      message: `the waiver for ${model}.${column} covers nothing`,
      cause: 'The column is proved, or there is no such column.',
      fix: 'Remove the waiver from audits/policy.yml, so that it cannot hide a later leak.',
    }),
  ),
  CH504: entry(
    'warning',
    'An incremental model may freeze a late row out',
    ({ model, column }: { model: string; column: string }) => ({
      message: `the incremental filter of ${model} compares ${column}, which is not when its rows become available`,
      cause:
        'The audit judges the full-refresh SQL. A row that arrives after later ones were processed is skipped by such a filter and never read.',
      fix: 'Filter on the availability of the source (`loaded_at > (select max(loaded_at) from {{ this }})`), or look back further than rows can be late.',
    }),
  ),
  CH505: entry('error', 'An audit rule failed', ({ rule, thrown }: { rule: string; thrown: string }) => ({
    message: `the audit rule ${rule} failed: ${thrown}`,
    cause: 'A rule reports what it finds; one that throws says nothing about the project.',
    fix: 'Repair the rule in audits/.',
  })),
  CH506: entry(
    'error',
    'The policy names an audit rule that is not there',
    ({ id, nearest }: { id: string; nearest?: string }) => ({
      message: `no audit rule is called \`${id}\``,
      cause: '`rules:` of audits/policy.yml sets the severity of rules in audits/*.ts by their id.',
      fix: didYouMean(nearest) ?? 'Remove the entry.',
    }),
  ),
  CH507: entry(
    'warning',
    'The prover failed on a column',
    ({ model, column, problem }: { model: string; column?: string; problem: string }) => ({
      message: `the audit of ${column === undefined ? model : `${model}.${column}`} ended in an internal error: ${problem}`,
      cause:
        'This is a fault of churn, not of your project. What it concerns is UNPROVEN; the other verdicts stand.',
      fix: 'Please report it with the compiled SQL of the model.',
    }),
  ),
};

export const reportAudit = reporter(auditMessages);
