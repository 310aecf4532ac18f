import type { BoundColumn } from '../../4-bind/index.ts';
import type { Engine, Prepared } from '../engine.ts';
import type { TableNode } from '../model/catalog.ts';
import { quoteName, quoteRelation } from '../quote.ts';
import type { TinyDatabase } from './database.ts';
import { type Masking, maskedTable } from './masks.ts';

/** A table of the model's closure and its columns. */
export interface StagedTable {
  readonly node: TableNode;
  readonly columns: readonly BoundColumn[];
}

/**
 * Many tiny databases at once, held beside the tables that the model reads: each row carries the number of its
 * database. Filling the tables with one of them, whole or masked, is then a prepared copy per table.
 */
export class Staging {
  readonly #copies = new Map<string, Prepared>();
  #filled: ReadonlySet<string>[] = [];

  private constructor(
    readonly engine: Engine,
    readonly tables: readonly StagedTable[],
    /** SQL type of the model's prediction time. */
    readonly momentType: string,
  ) {}

  static async open(engine: Engine, tables: readonly StagedTable[], momentType: string): Promise<Staging> {
    await engine.run('create schema if not exists memory.churn_staging');
    for (const [index, { columns }] of tables.entries()) {
      const declared = columns.map(({ name, type }) => `, ${quoteName(name)} ${type}`).join('');
      await engine.run(`create table ${nameOf(index)}("churn database" integer${declared})`);
    }
    return new Staging(engine, tables, momentType);
  }

  /** Replaces what is held by these databases, numbered from 0. */
  async load(databases: readonly TinyDatabase[]): Promise<void> {
    this.#filled = databases.map(
      (database) => new Set([...database].flatMap(([id, rows]) => (rows.length > 0 ? [id] : []))),
    );
    for (const [index, { node }] of this.tables.entries()) {
      await this.engine.run(`delete from ${nameOf(index)}`);
      const rows = databases.flatMap((database, number) =>
        (database.get(node.uniqueId) ?? []).map(
          (row) => `(${[String(number), ...row.map(({ sql }) => sql)].join(', ')})`,
        ),
      );
      if (rows.length > 0) await this.engine.run(`insert into ${nameOf(index)} values ${rows.join(', ')}`);
    }
  }

  /** Loads databases without the rows that break a declared axiom, and says what is left of them. */
  async loadPruned(databases: readonly TinyDatabase[]): Promise<readonly TinyDatabase[]> {
    await this.load(databases);
    const pruned = databases.map((database) => new Map(database));
    for (const [index, { node }] of this.tables.entries()) {
      if (node.kind !== 'source' || node.table.axioms.length === 0) continue;
      const broken = node.table.axioms.map(({ value }) => `coalesce(not (${value}), false)`).join(' or ');
      const rows = await this.engine.rows(
        `select rowid as place, ${broken} as broken from ${nameOf(index)} order by rowid`,
      );
      let place = 0;
      for (const database of pruned) {
        const kept = (database.get(node.uniqueId) ?? []).filter(() => rows[place++]?.broken !== true);
        database.set(node.uniqueId, kept);
      }
      await this.engine.run(`delete from ${nameOf(index)} where ${broken}`);
    }
    return pruned;
  }

  /** Numbers of the databases whose rows break an axiom, a key or a not-null declaration: they witness nothing. */
  async broken(): Promise<ReadonlySet<number>> {
    const queries = this.tables.flatMap(({ node }, index) => {
      if (node.kind !== 'source') return [];
      const { axioms, primaryKey, columns } = node.table;
      const tested = (name: string): string[] =>
        columns
          .filter(({ tests }) => tests.some(({ test }) => test === name))
          .map((column) => quoteName(column.name));
      const key = primaryKey.map(({ value }) => quoteName(value));
      const wrong = [
        ...axioms.map(({ value }) => `not (${value})`),
        ...[...key, ...tested('not_null')].map((column) => `${column} is null`),
      ];
      const from = `select "churn database" as n from ${nameOf(index)}`;
      return [
        ...(wrong.length === 0 ? [] : [`${from} where ${wrong.join(' or ')}`]),
        ...[...(key.length > 0 ? [key] : []), ...tested('unique').map((column) => [column])].map(
          (unique) =>
            `${from} where ${unique.map((column) => `${column} is not null`).join(' and ')} group by ${['"churn database"', ...unique].join(', ')} having count(*) > 1`,
        ),
      ];
    });
    if (queries.length === 0) return new Set();
    const rows = await this.engine.rows(queries.join(' union all '));
    return new Set(rows.map(({ n }) => Number(n)));
  }

  /** Fills the model's tables with one database, as it is or as it was known at a prediction time (text). */
  async fill(number: number, masked?: { readonly moment: string; readonly masking: Masking }): Promise<void> {
    for (const [index, table] of this.tables.entries()) {
      if (this.#filled[number]?.has(table.node.uniqueId) !== true) continue;
      const copy = await this.#copy(index, table, masked?.masking);
      await copy.run(masked === undefined ? [number] : [number, masked.moment]);
    }
  }

  /** Forgets its statements: those planned under another session setting are not to be used again. */
  close(): void {
    for (const copy of this.#copies.values()) copy.close();
    this.#copies.clear();
  }

  async #copy(index: number, table: StagedTable, masking: Masking | undefined): Promise<Prepared> {
    const key = `${index} ${masking === undefined ? '' : JSON.stringify(masking)}`;
    const known = this.#copies.get(key);
    if (known !== undefined) return known;
    const moment = `cast($2::varchar as ${this.momentType})`;
    const { cells, where } =
      masking === undefined
        ? { cells: table.columns.map(({ name }) => quoteName(name)), where: 'true' }
        : maskedTable(table.node, table.columns, masking, moment);
    const used =
      masking !== undefined && !`${cells.join()} ${where}`.includes('$2') ? ' and $2 is not null' : '';
    const copy = await this.engine.prepare(
      `insert into ${quoteRelation(table.node.relation)} select ${cells.join(', ')} from ${nameOf(index)} where "churn database" = $1 and (${where})${used}`,
    );
    this.#copies.set(key, copy);
    return copy;
  }
}

function nameOf(index: number): string {
  return `memory.churn_staging."t${index}"`;
}
