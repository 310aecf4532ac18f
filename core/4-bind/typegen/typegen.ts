import type { ColumnProperties, Project } from '../../1-load/index.ts';
import { type MacroSignature, macroSignatures, type RenderedProject } from '../../2-render/index.ts';
import type { Graph } from '../../3-graph/index.ts';
import type { Bound, BoundColumn } from '../bound.ts';
import { histories } from '../history.ts';
import { typeOf } from './type-of.ts';

/**
 * The project's `churn.d.ts`: the columns of every source, model, seed and snapshot as the binder sees them, for the
 * typed files and the editor. Same project, same text.
 */
export function typeDeclarations(
  project: Project,
  rendered: RenderedProject,
  graph: Graph,
  bound: Bound,
): string {
  const historyOf = histories(project, graph);
  const models = [...rendered.nodes.values()]
    .map(({ uniqueId, name, columns }) => ({ name, declared: columns, columns: bound.columns.get(uniqueId) }))
    .sort(byName);
  const sources = new Map<string, Table[]>();
  for (const { uniqueId, sourceName, name, table } of [...rendered.sources.values()].sort(byName)) {
    const tables = sources.get(sourceName) ?? [];
    tables.push({ name, declared: table.columns, columns: bound.columns.get(uniqueId) });
    sources.set(sourceName, tables);
  }
  return [
    `// Written by \`churn typegen\` from the bound catalog of ${project.name}. Do not edit; run it again.`,
    '',
    'declare namespace Churn {',
    '  interface Models {',
    ...models.flatMap((table) => tableLines(table, '    ')),
    '  }',
    '  interface Sources {',
    ...[...sources]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, tables]) => [
        `    ${propertyName(name)}: {`,
        ...tables.flatMap((table) => tableLines(table, '      ')),
        '    };',
      ]),
    '  }',
    ...historyLines(rendered, historyOf),
    ...macroLines(macroSignatures(project)),
    '}',
    '',
  ].join('\n');
}

/** What each macro takes: of Jinja macros names, of TypeScript functions their own types, columns for text. */
function macroLines(macros: readonly MacroSignature[]): string[] {
  if (macros.length === 0) return [];
  const lines = macros.map((macro) => {
    if (macro.kind === 'typed')
      return `    ${macro.name}: TypedArguments<typeof import('./${macro.file}').${macro.name}>;`;
    const parameters = macro.parameters.map(
      ({ name, optional }) => `${name}${optional ? '?' : ''}: Argument`,
    );
    return `    ${propertyName(macro.name)}: [${parameters.join(', ')}];`;
  });
  return ['  interface Macros {', ...lines, '  }'];
}

/** The longest window per unit that fits into what is declared of a relation's past. */
function historyLines(rendered: RenderedProject, historyOf: ReturnType<typeof histories>): string[] {
  const named = [
    ...[...rendered.nodes.values()].map(({ name, uniqueId }) => ({ name, uniqueId })),
    ...[...rendered.sources.values()].map((of) => ({
      name: `${of.sourceName}.${of.name}`,
      uniqueId: of.uniqueId,
    })),
  ].sort(byName);
  const lines = named.flatMap(({ name, uniqueId }) => {
    const history = historyOf(uniqueId);
    if (history === undefined) return [];
    const most = { h: 1, d: 24, w: 7 * 24, mo: 31 * 24 };
    const units = Object.entries(most).map(
      ([unit, hours]) => `${unit}: ${Math.floor(history.hours / hours)}`,
    );
    return [`    ${propertyName(name)}: { ${units.join('; ')} };`];
  });
  return lines.length === 0 ? [] : ['  interface History {', ...lines, '  }'];
}

interface Table {
  readonly name: string;
  readonly declared: readonly ColumnProperties[];
  readonly columns: readonly BoundColumn[] | undefined;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** A table that could not be bound has no columns to name: anything goes. */
function tableLines({ name, declared, columns }: Table, indent: string): string[] {
  if (columns === undefined) return [`${indent}${propertyName(name)}: Readonly<Record<string, never>>;`];
  const known = new Map(declared.map((column) => [column.name.toLowerCase(), column]));
  return [
    `${indent}${propertyName(name)}: {`,
    ...columns.map((column) => {
      const nullable = isNotNull(known.get(column.name.toLowerCase())) ? '' : ' | null';
      return `${indent}  ${propertyName(column.name)}: ${typeOf(column.type)}${nullable};`;
    }),
    `${indent}};`,
  ];
}

/** A data test holds it, or a constraint. */
function isNotNull(column: ColumnProperties | undefined): boolean {
  if (column === undefined) return false;
  const isConstraint = column.constraints.some(
    ({ value }) =>
      typeof value === 'object' && value !== null && 'type' in value && value.type === 'not_null',
  );
  return isConstraint || column.tests.some(({ test }) => test === 'not_null');
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
