import type { SourceTable } from '../../1-load/index.ts';
import { quoteIdentifier } from '../context/relation-value.ts';
import type { RenderedTest } from '../rendered.ts';
import type { TestOwner } from './owner.ts';
import type { TestRenderer } from './test-renderer.ts';

/**
 * The facts a source declares, each also a data test, so that a failing one withdraws the proofs built on it.
 * `axiom_<source>_<table>_<n>` fails on rows where the axiom is false (unknown counts as holding, as in a CHECK
 * constraint); `primary_key_<source>_<table>` on keys that occur twice; `primary_key_not_null_<source>_<table>` on rows
 * with a NULL in the key.
 */
export function sourceFactTests(tests: TestRenderer, source: SourceTable, owner: TestOwner): RenderedTest[] {
  const relation = owner.relation.text;
  const base = `${source.sourceName}_${source.name}`;
  const out: (RenderedTest | undefined)[] = source.axioms.map(({ value, span }, i) => {
    const axiom = tests.rendering.text(value, span);
    const sql = `select *\nfrom ${relation}\nwhere not (${axiom})`;
    return tests.fact(owner, `axiom_${base}_${i + 1}`, 'axiom', { expression: axiom }, sql, span);
  });
  const [first] = source.primaryKey;
  if (first) {
    const columns = source.primaryKey.map(({ value }) => value);
    const quoted = columns.map(quoteIdentifier);
    const list = quoted.join(', ');
    const unique = `select ${list}, count(*) as n_records\nfrom ${relation}\ngroup by ${list}\nhaving count(*) > 1`;
    const notNull = `select *\nfrom ${relation}\nwhere ${quoted.map((column) => `${column} is null`).join(' or ')}`;
    const args = { columns };
    out.push(tests.fact(owner, `primary_key_${base}`, 'primary_key', args, unique, first.span));
    out.push(
      tests.fact(owner, `primary_key_not_null_${base}`, 'primary_key_not_null', args, notNull, first.span),
    );
  }
  return out.filter((test) => test !== undefined);
}
