import type { Located } from '../../1-load/index.ts';
import type { RenderedSource } from '../../2-render/index.ts';
import { type Diagnostic, nearest, reportBind, type Span } from '../../diagnostics/index.ts';
import type { Binding } from '../binding.ts';
import { qualified, textHash } from '../engine/sql-text.ts';
import { explainer } from '../explain/project-context.ts';
import { bindStatements } from '../statement.ts';
import { isTemporal } from '../types.ts';
import { sourceName } from './source-columns.ts';

/** An expression over a source's row, and what its type must be. */
interface Fact {
  readonly source: RenderedSource;
  readonly text: Located<string>;
  readonly what: string;
  readonly kind: 'instant' | 'condition';
}

/** Checks what a source declares about its rows: availability, axioms, primary key. */
export async function bindSourceFacts(binding: Binding): Promise<void> {
  const facts: Fact[] = [];
  for (const source of binding.rendered.sources.values()) {
    if (!binding.columns.has(source.uniqueId)) continue;
    facts.push(...factsOf(source));
    checkPrimaryKey(binding, source);
  }
  const statements = facts.map(({ source, text, kind }) => {
    const sql = `${head}${text.value}\n) from ${qualified(source.relation)}`;
    return {
      id: `${source.uniqueId} ${kind} ${text.value}`,
      hash: textHash(sql),
      sql,
      reads: [source.uniqueId],
    };
  });
  const results = await bindStatements(binding, statements);
  const explain = explainer(binding);
  for (const [index, fact] of facts.entries()) {
    const result = results[index];
    const { source, text } = fact;
    if (result === undefined) continue;
    if ('columns' in result) {
      const problem = wrongType(fact, result.columns[0]?.type ?? '');
      if (problem !== undefined) binding.diagnostics.push(problem);
      continue;
    }
    const site = {
      sql: statements[index]?.sql ?? '',
      originOf: (offset: number) => {
        const span = within(binding, text, offset - head.length);
        return span && { span, frames: [] };
      },
      span: text.span,
      node: source.uniqueId,
      name: sourceName(source),
    };
    binding.diagnostics.push(explain(result.error, site, [source.uniqueId]));
  }
}

const head = 'select (';

function factsOf(source: RenderedSource): Fact[] {
  const { availableAt, axioms, columns } = source.table;
  const instants: Fact[] = [];
  const instant = (text: Located<string> | undefined, what: string) => {
    if (text === undefined || text.value.trim().toLowerCase() === 'never') return;
    instants.push({ source, text, what, kind: 'instant' });
  };
  instant(availableAt, `\`available_at\` of \`${sourceName(source)}\``);
  for (const column of columns) instant(column.availableAt, `\`available_at\` of \`${column.name}\``);
  const conditions = axioms.map((text): Fact => ({ source, text, what: 'axiom', kind: 'condition' }));
  return [...instants, ...conditions];
}

function wrongType({ source, text, what, kind }: Fact, type: string): Diagnostic | undefined {
  const place = { span: text.span, node: source.uniqueId };
  if (kind === 'instant') return isTemporal(type) ? undefined : reportBind('CH436', { what, type }, place);
  return type === 'BOOLEAN' ? undefined : reportBind('CH437', { source: sourceName(source), type }, place);
}

function checkPrimaryKey(binding: Binding, source: RenderedSource): void {
  const names = (binding.columns.get(source.uniqueId) ?? []).map(({ name }) => name);
  for (const { value, span } of source.table.primaryKey) {
    if (names.some((name) => name.toLowerCase() === value.toLowerCase())) continue;
    const args = {
      key: 'primary_key',
      model: sourceName(source),
      column: value,
      nearest: nearest(value, names),
    };
    binding.diagnostics.push(reportBind('CH438', args, { span, node: source.uniqueId }));
  }
}

/** A place within a YAML value, where its text stands there as it is. */
function within({ project }: Binding, { value, span }: Located<string>, offset: number): Span | undefined {
  if (offset < 0 || offset >= value.length) return span;
  const written = project.text(span.file)?.slice(span.start.offset, span.end.offset) ?? '';
  const start = written.indexOf(value);
  if (start === -1 || value.includes('\n')) return span;
  const shift = start + offset;
  const at = (by: number) => ({
    offset: span.start.offset + by,
    line: span.start.line,
    column: span.start.column + by,
  });
  return { file: span.file, start: at(shift), end: at(shift + 1) };
}
