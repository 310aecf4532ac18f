import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { compileProject, hasErrors, type Project, type RenderedProject, renderScripts } from '#core';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const reference = root;
export const cdnow = path.join(root, 'examples/cdnow');
export const cdnowCsv =
  process.env.CDNOW_CSV ?? path.resolve(cdnow, '../../../shared/data/cdnow/transactions.csv');

/** A folder that goes when the tests are done. */
export function scratch(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'churn-project-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Built {
  readonly project: Project;
  readonly rendered: RenderedProject;
  /** unique_ids of models and seeds, parents first. */
  readonly order: readonly string[];
}

/** Loads and renders a project; fails on any error diagnostic. */
export async function compile(projectDir: string, vars?: Readonly<Record<string, string>>): Promise<Built> {
  const compiled = await compileProject({ projectDir, vars, until: 'graph', cache: false });
  if (compiled.project === undefined || hasErrors(compiled.diagnostics)) {
    throw new Error(compiled.diagnostics.map((one) => JSON.stringify(one)).join('\n'));
  }
  const { project, rendered, graph } = compiled;
  return { project, rendered, order: graph.order.filter((id) => rendered.nodes.has(id)) };
}

/** Runs simulate/*.sql on an engine of its own. */
export async function simulate(
  project: Project,
  choice: {
    readonly output: string;
    readonly customers: number;
    readonly seed: number;
    readonly threads: number;
    readonly months?: number;
  },
): Promise<void> {
  const { customers, seed, output, threads, months = 12 } = choice;
  const { scripts } = renderScripts(
    { ...project, vars: { ...project.vars, customers, seed, output, months } },
    project.simulation,
  );
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  for (const { sql } of scripts) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

export async function openMemory(): Promise<{
  readonly connection: DuckDBConnection;
  readonly close: () => void;
}> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  return {
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export interface BuildChoice {
  /** Files of the sources by table name; what the project declares, where left out. */
  readonly files?: Readonly<Record<string, string>>;
  /** Read the sources as they were known at this instant. */
  readonly knownAt?: string;
}

/**
 * Builds every model of a project, in a fresh attached database, by running its compiled statements in order: by hand,
 * without the framework's own runner and audit. With `knownAt`, rows not yet available are left out and cells not yet
 * available are NULL.
 */
export async function buildByHand(
  connection: DuckDBConnection,
  { project, rendered, order }: Built,
  database: string,
  { files = {}, knownAt }: BuildChoice = {},
): Promise<void> {
  await connection.run(`attach ':memory:' as ${database}`);
  await connection.run(`use ${database}`);
  for (const source of rendered.sources.values()) {
    const { table, relation } = source;
    const location = files[table.name] ?? path.resolve(project.root, source.location ?? '');
    const columns = table.columns.map(({ name, dataType, availableAt }) => {
      const typed = `${name}::${dataType?.value} as ${name}`;
      if (knownAt === undefined || availableAt === undefined) return typed;
      if (availableAt.value === 'never') return `null::${dataType?.value} as ${name}`;
      return `case when (${availableAt.value}) <= timestamp '${knownAt}' then ${name} end as ${name}`;
    });
    const known =
      knownAt === undefined ? '' : ` where (${table.availableAt?.value}) <= timestamp '${knownAt}'`;
    await connection.run(`create schema if not exists ${relation.schema}`);
    await connection.run(
      `create view ${relation.schema}.${relation.identifier} as select ${columns.join(', ')} from '${location}'${known}`,
    );
  }
  for (const id of order) {
    const node = rendered.nodes.get(id);
    if (node?.kind !== 'model') continue;
    const { relation, config } = node;
    await connection.run(`create schema if not exists ${relation.schema}`);
    await connection.run(
      `create ${config.materialized === 'view' ? 'view' : 'table'} ${relation.schema}.${relation.identifier} as ${node.sql}`,
    );
  }
}

export async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

/** Rows of `left` that `right` lacks, and the reverse. */
export async function countDifferences(
  connection: DuckDBConnection,
  left: string,
  right: string,
): Promise<number> {
  const [row] = await rowsOf(
    connection,
    `select (select count(*) from (${left} except all ${right})) + (select count(*) from (${right} except all ${left})) as n`,
  );
  return Number(row?.n);
}
