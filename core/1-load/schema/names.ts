import { type Diagnostic, reportLoad } from '../../diagnostics/index.ts';
import { nameProblem } from '../build/names.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { get, itemsOf, textOf, type YamlNode } from '../yaml/tree.ts';

/** Names within one properties file: repeated columns and tables, and names that cannot be names. */
export function checkNames(doc: YamlDocument): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const section of ['models', 'seeds', 'snapshots'] as const) {
    for (const item of itemsOf(get(doc.root, section))) {
      diagnostics.push(...repeatedColumns(doc, item, `\`${textOf(get(item, 'name')) ?? '?'}\``));
    }
  }
  for (const source of itemsOf(get(doc.root, 'sources'))) {
    diagnostics.push(...badName(doc, source, 'source'));
    const sourceName = textOf(get(source, 'name')) ?? '?';
    for (const table of itemsOf(get(source, 'tables'))) {
      diagnostics.push(...badName(doc, table, 'table'));
      diagnostics.push(
        ...repeatedColumns(doc, table, `\`${sourceName}.${textOf(get(table, 'name')) ?? '?'}\``),
      );
    }
  }
  return diagnostics;
}

/** SQL names are compared without regard to case. */
function repeatedColumns(doc: YamlDocument, owner: YamlNode, where: string): Diagnostic[] {
  const columns = itemsOf(get(owner, 'columns'));
  if (columns.length < 2) return [];
  const seen = new Map<string, YamlNode>();
  const diagnostics: Diagnostic[] = [];
  for (const item of columns) {
    const node = get(item, 'name');
    const column = textOf(node);
    if (node === undefined || column === undefined) continue;
    const first = seen.get(column.toLowerCase());
    if (first === undefined) {
      seen.set(column.toLowerCase(), node);
    } else {
      const related = [{ span: doc.span(first), message: 'first declared here' }];
      diagnostics.push(reportLoad('CH120', { column, where }, { span: doc.span(node), related }));
    }
  }
  return diagnostics;
}

function badName(doc: YamlDocument, item: YamlNode, kind: string): Diagnostic[] {
  const node = get(item, 'name');
  const name = textOf(node);
  if (node === undefined || name === undefined || name.includes('{{')) return [];
  const problem = nameProblem(name);
  return problem === undefined
    ? []
    : [reportLoad('CH122', { kind, name, problem }, { span: doc.span(node) })];
}
