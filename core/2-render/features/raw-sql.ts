import { sql } from 'kysely';

/** Tables whose columns only the binder knows. */
export type Unknown = Record<string, Record<string, unknown>>;

/** SQL that is compiled elsewhere, as a selected column. */
export const expression = (text: string, name: string) => sql.raw<unknown>(text).as(name);

/** SQL that is compiled elsewhere, as conditions that all hold. */
export const conditions = (texts: readonly string[]) => sql<boolean>`${sql.raw(texts.join('\n       and '))}`;
