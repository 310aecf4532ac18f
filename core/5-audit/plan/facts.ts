import type { SourceFacts } from './relation.ts';

/** A declared fact as reports name it: `raw.events: event_ts <= loaded_at`. Its data test is the same sentence. */
export type Fact = string;

export function axiomFact(source: string, axiom: string): Fact {
  return `${source}: ${axiom}`;
}

export function uniqueFact(source: string, columns: readonly string[]): Fact {
  return `${source}: unique (${columns.map((column) => column.toLowerCase()).join(', ')})`;
}

export function notNullFact(source: string, column: string): Fact {
  return `${source}: ${column.toLowerCase()} is not null`;
}

/** The fact that no two rows of the source share the key. */
export function keyFact(source: SourceFacts, key: readonly number[]): Fact {
  return uniqueFact(
    source.name,
    key.map((column) => source.columns[column]?.name ?? String(column)),
  );
}

/** Every fact that is declared of a source. */
export function factsOfSource(source: SourceFacts): readonly Fact[] {
  return [
    ...source.axioms.map(({ text }) => axiomFact(source.name, text)),
    ...source.keys.map((key) => keyFact(source, key)),
    ...source.columns.flatMap(({ name, notNull }) => (notNull ? [notNullFact(source.name, name)] : [])),
  ];
}
