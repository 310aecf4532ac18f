import { entry, reporter } from '../message.ts';

/** Messages of the emit phase. */
export const emitMessages = {
  CH601: entry(
    'error',
    'SQL without an equal on the target',
    (a: { what: string; why: string; rewrite: string; target: string }) => ({
      message: `${a.what} is not translated to ${a.target}`,
      cause: `${a.why[0]?.toUpperCase()}${a.why.slice(1)}.`,
      fix: `${a.rewrite[0]?.toUpperCase()}${a.rewrite.slice(1)}.`,
    }),
  ),
  CH602: entry('error', 'SQL that this version cannot read', (a: { shape: string }) => ({
    message: `DuckDB describes this SQL in a way that is not known here: ${a.shape}`,
    cause: 'Translation reads DuckDB’s own syntax tree and guesses nothing.',
    fix: 'Write the expression in another way, and report the query.',
  })),
  CH603: entry(
    'warning',
    'Incremental strategy compiled as a table',
    (a: { node: string; kind: string; target: string }) => ({
      message: `\`${a.node}\` has \`${a.kind}\`; its script for ${a.target} builds it whole each time`,
      cause: 'Scripts for later runs exist for `append`, `delete+insert` and `merge`.',
      fix: 'Take one of these strategies, or materialise the model as a table.',
    }),
  ),
};

export const reportEmit = reporter(emitMessages);
