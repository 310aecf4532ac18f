import type { RenderedNode, RenderedSource } from '../../2-render/index.ts';
import { Engine } from '../engine.ts';
import type { AuditInput } from '../input.ts';
import { Catalog, type TableNode } from '../model/catalog.ts';
import type { DataRow } from '../on-data/audit-on-data.ts';
import { isNever } from '../on-data/masked-source.ts';
import { quoteName, quoteRelation } from '../quote.ts';
import { ROWS } from '../report.ts';
import type { TinyDatabase } from './database.ts';
import { timeText } from './values.ts';

/** A column (or the presence of rows) that differs between D and D|p. */
export interface Difference {
  readonly column: string;
  /** As text. */
  readonly predictionTime: string;
  readonly with: unknown;
  readonly without: unknown;
}

/** What is taken away in the second run. */
export type Masking =
  | { readonly kind: 'availability' }
  /** Rows that were unknown at p and none of whose instants lies in (p, p + horizon]: what a label must not see. */
  | { readonly kind: 'outside horizon'; readonly horizon: string };

/** Runs one model on tiny databases, twice: as they are, and with what was not known at the prediction time masked. */
export class Replay {
  #zone = 'UTC';
  /** Rows that the model gave in the last run: a run without rows says nothing. */
  rowsSeen = 0;

  private constructor(
    readonly engine: Engine,
    readonly node: RenderedNode,
    readonly tables: readonly TableNode[],
    readonly input: AuditInput,
  ) {}

  /** The model's closure as views over empty tables, with a clock that can be set. */
  static async open(input: AuditInput, node: RenderedNode, closure: readonly string[]): Promise<Replay> {
    const engine = await Engine.open();
    await engine.run(`set variable churn_now = timestamptz '2030-01-01 00:00:00+00'`);
    for (const name of ['now', 'get_current_timestamp', 'current_timestamp', 'transaction_timestamp']) {
      await engine.run(`create macro "${name}"() as getvariable('churn_now')::timestamptz`);
    }
    for (const name of ['current_date', 'today']) {
      await engine.run(`create macro "${name}"() as getvariable('churn_now')::timestamptz::date`);
    }
    for (const name of ['current_localtimestamp', 'localtimestamp']) {
      await engine.run(`create macro "${name}"() as getvariable('churn_now')::timestamptz::timestamp`);
    }
    const catalog = new Catalog(input, engine);
    await catalog.make(closure, () => true);
    const tables = closure
      .map((id) => input.graph.nodes.get(id))
      .filter(
        (table): table is RenderedSource | RenderedNode =>
          table !== undefined &&
          (table.kind === 'source' || table.kind === 'seed' || table.kind === 'snapshot'),
      );
    return new Replay(engine, node, tables, input);
  }

  close(): void {
    this.engine.close();
  }

  /** The session's time zone in the runs that follow. */
  async setZone(zone: string): Promise<void> {
    if (zone === this.#zone) return;
    this.#zone = zone;
    await this.engine.run(`set timezone = '${zone}'`);
  }

  /** Every column that differs at some prediction time; undefined when the rows break a declared fact or do not run. */
  async run(
    database: TinyDatabase,
    columns: readonly string[],
    masking: Masking = { kind: 'availability' },
  ): Promise<readonly Difference[] | undefined> {
    await this.engine.run('begin');
    try {
      await this.#load(database);
      if (!(await this.#factsHold())) return undefined;
      const full = await this.#rows();
      this.rowsSeen = full.length;
      const time = this.node.pointInTime?.predictionTime.value as string;
      const moments = [...new Set(full.map((row) => String(row[this.#timeName(full, time)])))].filter(
        (text) => text !== 'null',
      );
      const found: Difference[] = [];
      for (const moment of moments.slice(0, 3)) {
        found.push(...(await this.#differencesAt(database, full, moment, columns, masking)));
      }
      return found;
    } catch {
      return undefined;
    } finally {
      await this.engine.run('rollback');
    }
  }

  /** The database without the rows that break a declared axiom. */
  async prune(database: TinyDatabase): Promise<TinyDatabase> {
    const pruned = new Map(database);
    await this.engine.run('begin');
    try {
      await this.#load(database);
      for (const table of this.tables) {
        if (table.kind !== 'source' || table.table.axioms.length === 0) continue;
        const broken = table.table.axioms.map(({ value }) => `coalesce(not (${value}), false)`).join(' or ');
        const rows = await this.engine.rows(
          `select ${broken} as broken from ${quoteRelation(table.relation)} order by rowid`,
        );
        const kept = (database.get(table.uniqueId) ?? []).filter((_, index) => rows[index]?.broken !== true);
        pruned.set(table.uniqueId, kept);
      }
    } finally {
      await this.engine.run('rollback');
    }
    return pruned;
  }

  #timeName(rows: readonly DataRow[], time: string): string {
    return Object.keys(rows[0] ?? {}).find((name) => name.toLowerCase() === time.toLowerCase()) ?? time;
  }

  async #load(database: TinyDatabase): Promise<void> {
    for (const table of this.tables) {
      const rows = database.get(table.uniqueId) ?? [];
      if (rows.length === 0) continue;
      const values = rows.map((row) => `(${row.map(({ sql }) => sql).join(', ')})`).join(', ');
      await this.engine.run(`insert into ${quoteRelation(table.relation)} values ${values}`);
    }
  }

  async #rows(): Promise<readonly DataRow[]> {
    return this.engine.rows(`select * from ${quoteRelation(this.node.relation)}`);
  }

  /** Rows that break axioms, keys or not-null declarations witness nothing. */
  async #factsHold(): Promise<boolean> {
    for (const table of this.tables) {
      if (table.kind !== 'source') continue;
      const conditions = table.table.axioms.map(({ value }) => `not (${value})`);
      const name = quoteRelation(table.relation);
      if (conditions.length > 0) {
        const broken = await this.engine.rows(
          `select 1 from ${name} where ${conditions.join(' or ')} limit 1`,
        );
        if (broken.length > 0) return false;
      }
      const key = table.table.primaryKey.map(({ value }) => quoteName(value));
      const unique = table.table.columns
        .filter(({ tests }) => tests.some(({ test }) => test === 'unique'))
        .map((column) => [quoteName(column.name)]);
      for (const columns of [...(key.length > 0 ? [key] : []), ...unique]) {
        const list = columns.join(', ');
        const broken = await this.engine.rows(
          `select 1 from ${name} where ${columns.map((c) => `${c} is not null`).join(' and ')} group by ${list} having count(*) > 1 limit 1`,
        );
        if (broken.length > 0) return false;
      }
      const notNull = [
        ...key,
        ...table.table.columns
          .filter(({ tests }) => tests.some(({ test }) => test === 'not_null'))
          .map((c) => quoteName(c.name)),
      ];
      if (notNull.length > 0) {
        const broken = await this.engine.rows(
          `select 1 from ${name} where ${notNull.map((column) => `${column} is null`).join(' or ')} limit 1`,
        );
        if (broken.length > 0) return false;
      }
    }
    return true;
  }

  async #differencesAt(
    database: TinyDatabase,
    full: readonly DataRow[],
    moment: string,
    columns: readonly string[],
    masking: Masking,
  ): Promise<Difference[]> {
    const time = this.node.pointInTime?.predictionTime.value as string;
    const type = this.input.bound.columns
      .get(this.node.uniqueId)
      ?.find(({ name }) => name.toLowerCase() === time.toLowerCase())?.type;
    const literal = `cast('${moment.replaceAll("'", "''")}' as ${type ?? 'TIMESTAMP'})`;
    await this.engine.run(`set variable churn_now = (${literal})::timestamptz`);
    let masked: readonly DataRow[];
    try {
      await this.#mask(literal, masking);
      masked = await this.#rows();
    } finally {
      await this.engine.run(`set variable churn_now = timestamptz '2030-01-01 00:00:00+00'`);
      await this.engine.run('rollback');
      await this.engine.run('begin');
      await this.#load(database);
    }
    const name = this.#timeName(full, time);
    const at = (rows: readonly DataRow[]) => rows.filter((row) => String(row[name]) === moment);
    return compareRows(
      at(full),
      at(masked),
      this.node.pointInTime?.entity.map(({ value }) => value) ?? [],
      columns,
    ).map((difference) => ({ ...difference, predictionTime: moment }));
  }

  async #mask(literal: string, masking: Masking): Promise<void> {
    for (const table of this.tables) {
      const cells = this.#cellAvailabilities(table);
      const row = this.#rowAvailability(table);
      const name = quoteRelation(table.relation);
      if (masking.kind === 'outside horizon') {
        const times = (this.input.bound.columns.get(table.uniqueId) ?? []).filter(({ type }) =>
          /^(TIMESTAMP|DATE)/i.test(type),
        );
        const inside = times.map(
          ({ name: column }) =>
            `coalesce(${quoteName(column)} > ${literal} and ${quoteName(column)} <= ${literal} + interval '${masking.horizon}', false)`,
        );
        if (table.kind === 'seed') continue;
        const unknown =
          row === undefined ? 'true' : isNever(row) ? 'true' : `coalesce((${row}) > ${literal}, true)`;
        await this.engine.run(
          `delete from ${name} where ${unknown} and not (${inside.join(' or ') || 'false'})`,
        );
        const sets = cells.map(([column, sql]) => {
          const late = isNever(sql) ? 'true' : `coalesce((${sql}) > ${literal}, true)`;
          const own = `coalesce(${quoteName(column)}::varchar::timestamp > ${literal} and ${quoteName(column)}::varchar::timestamp <= ${literal} + interval '${masking.horizon}', false)`;
          const isTime = times.some((t) => t.name === column);
          const known = isTime ? own : inside.join(' or ') || 'false';
          return `${quoteName(column)} = case when ${late} and not (${known}) then null else ${quoteName(column)} end`;
        });
        if (sets.length > 0) await this.engine.run(`update ${name} set ${sets.join(', ')}`);
        continue;
      }
      if (table.kind === 'seed') continue;
      // Undeclared availability: nothing tells what was known, and nothing is refuted by guessing.
      if (row !== undefined) {
        const gone = isNever(row) ? 'true' : `coalesce((${row}) > ${literal}, true)`;
        await this.engine.run(`delete from ${name} where ${gone}`);
      }
      if (cells.length === 0) continue;
      const sets = cells.map(([column, sql]) => {
        const late = isNever(sql) ? 'true' : `coalesce((${sql}) > ${literal}, true)`;
        return `${quoteName(column)} = case when ${late} then null else ${quoteName(column)} end`;
      });
      await this.engine.run(`update ${name} set ${sets.join(', ')}`);
    }
  }

  #rowAvailability(table: TableNode): string | undefined {
    if (table.kind === 'source') return table.table.availableAt?.value;
    return table.kind === 'snapshot' ? 'dbt_valid_from' : undefined;
  }

  #cellAvailabilities(table: TableNode): [string, string][] {
    if (table.kind === 'snapshot') return [['dbt_valid_to', 'dbt_valid_to']];
    if (table.kind !== 'source') return [];
    return table.table.columns.flatMap(({ name, availableAt }): [string, string][] =>
      availableAt === undefined ? [] : [[name, availableAt.value]],
    );
  }
}

/**
 * Rows of one prediction time, by entity: the number of rows, and where that is equal, each column's values.
 * Numbers count as equal to twelve digits.
 */
export function compareRows(
  full: readonly DataRow[],
  masked: readonly DataRow[],
  entity: readonly string[],
  columns: readonly string[],
): Omit<Difference, 'predictionTime'>[] {
  const [a, b] = [groupRows(full, entity), groupRows(masked, entity)];
  const found = new Map<string, Omit<Difference, 'predictionTime'>>();
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [left, right] = [a.get(key) ?? [], b.get(key) ?? []];
    if (left.length !== right.length) {
      if (!found.has(ROWS))
        found.set(ROWS, { column: ROWS, with: left.length > 0, without: right.length > 0 });
      continue;
    }
    for (const column of columns) {
      if (found.has(column)) continue;
      const values = (rows: readonly DataRow[]) => rows.map((row) => canonical(row[column])).sort();
      if (values(left).join('\n') === values(right).join('\n')) continue;
      const changed = left.findIndex(
        (row, index) => canonical(row[column]) !== canonical(right[index]?.[column]),
      );
      found.set(column, {
        column,
        with: left[Math.max(changed, 0)]?.[column],
        without: right[Math.max(changed, 0)]?.[column],
      });
    }
  }
  return [...found.values()];
}

function groupRows(rows: readonly DataRow[], entity: readonly string[]): Map<string, DataRow[]> {
  const groups = new Map<string, DataRow[]>();
  const wanted = new Set(entity.map((name) => name.toLowerCase()));
  for (const row of rows) {
    const key = JSON.stringify(Object.entries(row).filter(([name]) => wanted.has(name.toLowerCase())));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, item: unknown) =>
    typeof item === 'number' ? Number(item.toPrecision(12)) : item,
  );
}

export { timeText };
