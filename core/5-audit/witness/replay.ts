import type { RenderedNode } from '../../2-render/index.ts';
import { Engine, type Prepared } from '../engine.ts';
import type { AuditInput } from '../input.ts';
import { Catalog, type TableNode } from '../model/catalog.ts';
import { predictionTimeType } from '../model/prediction-time-type.ts';
import type { DataRow } from '../on-data/audit-on-data.ts';
import { quoteRelation } from '../quote.ts';
import { installClock, readsClock, setClock } from './clock.ts';
import { type ColumnDifference, compareRows } from './compare-rows.ts';
import type { TinyDatabase } from './database.ts';
import type { Masking } from './masks.ts';
import { Staging } from './staging.ts';

/** A column (or the presence of rows) that differs between D and D|p. */
export interface Difference extends ColumnDifference {
  /** As text. */
  readonly predictionTime: string;
  readonly masking: Masking;
}

/** What a run on one database gave. */
export interface Run {
  readonly differences: readonly Difference[];
  /** Rows of the model on D and on D|p: a run without rows says little. */
  readonly rows: number;
  /** Prediction times at which D and D|p were compared. */
  readonly moments: number;
}

/** Runs one model on tiny databases, twice: as they are, and with what was not known at the prediction time masked. */
export class Replay {
  #zone = 'UTC';
  #query: Prepared | undefined;
  readonly #planned: boolean;

  private constructor(
    readonly engine: Engine,
    readonly node: RenderedNode,
    readonly staging: Staging,
    readonly input: AuditInput,
    closure: readonly string[],
  ) {
    const sql = closure
      .map((id) => input.graph.nodes.get(id))
      .map((one) => (one?.kind === 'model' ? one.sql : ''));
    this.#planned = !sql.some(readsClock);
  }

  /** The model's closure as views over empty tables, with a clock that can be set. */
  static async open(input: AuditInput, node: RenderedNode, closure: readonly string[]): Promise<Replay> {
    const engine = await Engine.open();
    try {
      // A plan outlives the rows it was made for: it must not rest on their statistics.
      await engine.run(`set disabled_optimizers = 'statistics_propagation'`);
      await installClock(engine);
      const catalog = new Catalog(input, engine);
      await catalog.make(closure, () => true);
      const tables = closure
        .map((id) => input.graph.nodes.get(id))
        .filter(
          (table): table is TableNode =>
            table !== undefined &&
            (table.kind === 'source' || table.kind === 'seed' || table.kind === 'snapshot'),
        )
        .map((table) => ({ node: table, columns: input.bound.columns.get(table.uniqueId) ?? [] }));
      const staging = await Staging.open(engine, tables, predictionTimeType(input, node));
      return new Replay(engine, node, staging, input, closure);
    } catch (error) {
      engine.close();
      throw error;
    }
  }

  close(): void {
    this.#query?.close();
    this.staging.close();
    this.engine.close();
  }

  /** The session's time zone in the runs that follow. */
  async setZone(zone: string): Promise<void> {
    if (zone === this.#zone) return;
    this.#zone = zone;
    this.#query?.close();
    this.#query = undefined;
    this.staging.close();
    await this.engine.run(`set timezone = '${zone}'`);
  }

  /**
   * Every column that differs at some prediction time, at first at the one the rows are about; undefined when the rows
   * break a declared fact or do not run.
   */
  async run(
    database: TinyDatabase,
    columns: readonly string[],
    masking: Masking,
    about?: string,
  ): Promise<readonly Difference[] | undefined> {
    try {
      await this.staging.load([database]);
      if ((await this.staging.broken()).size > 0) return undefined;
    } catch {
      return undefined;
    }
    return (await this.runStaged(0, columns, [masking], { about, most: 3 }))?.differences;
  }

  /**
   * The same of a database that is staged.
   *
   * @param about the prediction time (text) that the rows were made around: compared at first, even if D has no row
   *   of it where it has none at all
   * @param most prediction times to compare at
   */
  async runStaged(
    number: number,
    columns: readonly string[],
    maskings: readonly Masking[],
    { about, most = 2 }: { readonly about?: string; readonly most?: number } = {},
  ): Promise<Run | undefined> {
    try {
      const full = await this.rows(number);
      const name = timeName(full, this.node);
      const shown = new Set(full.map((row) => String(row[name])).filter((text) => text !== 'null'));
      const first = about !== undefined && (shown.has(about) || shown.size === 0) ? [about] : [];
      const moments = [...new Set([...first, ...shown])].slice(0, most);
      const differences: Difference[] = [];
      let rows = full.length;
      for (const masking of maskings) {
        for (const moment of moments) {
          const masked = await this.rows(number, { moment, masking });
          rows += masked.length;
          const at = (all: readonly DataRow[]) => rowsAt(all, moment, this.node);
          for (const difference of compareRows(at(full), at(masked), entityOf(this.node), columns)) {
            differences.push({ ...difference, predictionTime: moment, masking });
          }
        }
      }
      return { differences, rows, moments: moments.length };
    } catch {
      return undefined;
    }
  }

  /** The model's rows over one staged database, whole or masked. */
  async rows(
    number: number,
    masked?: { readonly moment: string; readonly masking: Masking },
  ): Promise<readonly DataRow[]> {
    await this.engine.run('begin');
    try {
      await this.staging.fill(number, masked);
      const select = `select * from ${quoteRelation(this.node.relation)}`;
      if (this.#planned) {
        this.#query ??= await this.engine.prepare(select);
        return await this.#query.rows([]);
      }
      const moment = masked && `'${masked.moment.replaceAll("'", "''")}'::${this.staging.momentType}`;
      await setClock(this.engine, moment);
      return await this.engine.rows(select);
    } finally {
      await this.engine.run('rollback');
    }
  }
}

/** Those of one prediction time, given as text. */
export function rowsAt(rows: readonly DataRow[], moment: string, node: RenderedNode): readonly DataRow[] {
  const time = timeName(rows, node);
  return rows.filter((row) => String(row[time]) === moment);
}

/** Names of the columns that say whom a row is about. */
export function entityOf(node: RenderedNode): readonly string[] {
  return node.pointInTime?.entity.map(({ value }) => value) ?? [];
}

function timeName(rows: readonly DataRow[], node: RenderedNode): string {
  const time = node.pointInTime?.predictionTime.value ?? '';
  return Object.keys(rows[0] ?? {}).find((name) => name.toLowerCase() === time.toLowerCase()) ?? time;
}
