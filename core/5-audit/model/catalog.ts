import type { Relation, RenderedNode, RenderedSource } from '../../2-render/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import type { Engine } from '../engine.ts';
import type { AuditInput } from '../input.ts';
import { quoteName, quoteRelation } from '../quote.ts';

/** Nodes that other nodes read as tables. */
export type TableNode = RenderedSource | RenderedNode;

/** The project's relations as an empty catalog of the engine: what plans are bound against. */
export class Catalog {
  readonly #nodes = new Map<string, TableNode>();
  readonly #made = new Set<string>();
  #home = 'memory';

  constructor(
    readonly input: AuditInput,
    readonly engine: Engine,
  ) {}

  /** Makes the relations of the given nodes; `viewed` ones as views over their SQL, others as empty tables. */
  async make(ids: Iterable<string>, viewed: (node: TableNode) => boolean = () => false): Promise<void> {
    for (const id of ids) {
      const node = this.input.graph.nodes.get(id);
      if (node === undefined || node.kind === 'test' || this.#made.has(id)) continue;
      if (node.kind !== 'source' && node.config.materialized === 'ephemeral') continue;
      this.#made.add(id);
      const { relation } = node;
      await this.#makeSchema(relation);
      const name = quoteRelation(relation);
      if (viewed(node) && node.kind === 'model') await this.engine.run(`create view ${name} as ${node.sql}`);
      else await this.engine.run(`create table ${name}(${this.#declarations(id)})`);
      this.#nodes.set(keyOf(relation.database ?? this.#home, relation.schema, relation.identifier), node);
    }
  }

  /** The node whose relation a plan names. */
  resolve(catalog: string, schema: string, table: string): TableNode | undefined {
    return this.#nodes.get(keyOf(catalog, schema, table));
  }

  columns(id: string): readonly BoundColumn[] {
    return this.input.bound.columns.get(id) ?? [];
  }

  #declarations(id: string): string {
    const columns = this.columns(id);
    if (columns.length === 0) return '"no columns known" INTEGER';
    return columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(', ');
  }

  async #makeSchema({ database, schema }: Relation): Promise<void> {
    if (database !== undefined && !this.#made.has(`database ${database}`)) {
      this.#made.add(`database ${database}`);
      await this.engine.run(`attach if not exists ':memory:' as ${quoteName(database)}`);
    }
    const name = [database, schema]
      .filter((part) => part !== undefined)
      .map(quoteName)
      .join('.');
    if (this.#made.has(`schema ${name}`)) return;
    this.#made.add(`schema ${name}`);
    await this.engine.run(`create schema if not exists ${name}`);
  }
}

function keyOf(catalog: string, schema: string, table: string): string {
  return JSON.stringify([catalog, schema, table]).toLowerCase();
}
