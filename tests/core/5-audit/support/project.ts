import { DuckDBInstance } from '@duckdb/node-api';
import type { ColumnProperties, ConfigValue, Located } from '../../../../core/1-load/index.ts';
import type { NodeConfig, Rendered, RenderedNode, RenderedSource } from '../../../../core/2-render/index.ts';
import type { BoundColumn } from '../../../../core/4-bind/index.ts';
import type { AuditInput } from '../../../../core/5-audit/index.ts';
import { LineIndex } from '../../../../core/diagnostics/index.ts';
import { bareColumn, bareConfig, bareSource, noSpan, sameText } from '../../bare.ts';

/** A source of a test project, in one line per column. */
export interface TestSource {
  /** Column name to DuckDB type. */
  readonly columns: Readonly<Record<string, string>>;
  readonly availableAt?: string;
  /** Column name to the availability of its cells. */
  readonly cells?: Readonly<Record<string, string>>;
  readonly axioms?: readonly string[];
  readonly notNull?: readonly string[];
  readonly unique?: readonly string[];
  readonly primaryKey?: readonly string[];
}

export interface TestModel {
  readonly sql: string;
  /** Makes the model an audited one: entity columns and the prediction time. */
  readonly pointInTime?: { readonly entity: readonly string[]; readonly predictionTime: string };
  /** Label columns and their horizon. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Claimed windows. */
  readonly windows?: Readonly<Record<string, string>>;
  readonly materialized?: NodeConfig['materialized'];
}

export interface TestProject {
  readonly sources: Readonly<Record<string, TestSource>>;
  readonly models: Readonly<Record<string, TestModel>>;
  readonly policy?: ConfigValue;
}

const nowhere = noSpan('test.yml');
const at = <T>(value: T): Located<T> => ({ value, span: nowhere });

/** Sources live in schema `raw`, models in `main`; SQL names them so. */
export const sourceRelation = (name: string): string => `"raw"."${name}"`;

function testOf(test: string, column: string): ColumnProperties['tests'][number] {
  const config = { origin: 'properties', values: {} } as const;
  return { test, column, arguments: {}, config, span: nowhere };
}

function makeSource(name: string, source: TestSource): RenderedSource {
  const columns = Object.entries(source.columns).map(([column, type]) =>
    bareColumn(column, nowhere, {
      dataType: at(type),
      tests: [
        ...(source.notNull?.includes(column) ? [testOf('not_null', column)] : []),
        ...(source.unique?.includes(column) ? [testOf('unique', column)] : []),
      ],
      availableAt: source.cells?.[column] === undefined ? undefined : at(source.cells[column]),
    }),
  );
  const made = bareSource('test', name, {
    availableAt: source.availableAt === undefined ? undefined : at(source.availableAt),
    axioms: (source.axioms ?? []).map(at),
    primaryKey: (source.primaryKey ?? []).map(at),
    columns,
  });
  return { ...made, hash: JSON.stringify([name, source]) };
}

function makeModel(name: string, model: TestModel, parents: readonly string[]): RenderedNode {
  const path = `models/${name}.sql`;
  const lines = new LineIndex(model.sql);
  const columns = [
    ...Object.entries(model.labels ?? {}).map(([column, horizon]) =>
      bareColumn(column, nowhere, { role: at('label' as const), horizon: at(horizon) }),
    ),
    ...Object.entries(model.windows ?? {}).map(([column, window]) =>
      bareColumn(column, nowhere, { window: at(window) }),
    ),
  ];
  return {
    kind: 'model',
    uniqueId: `model.test.${name}`,
    name,
    path,
    description: '',
    dependsOn: parents,
    macros: [],
    hash: JSON.stringify([name, model]),
    config: bareConfig(model.materialized && { materialized: model.materialized }),
    relation: { schema: 'main', identifier: name },
    rawSql: model.sql,
    sql: model.sql,
    map: sameText(path, model.sql),
    columns,
    pointInTime: model.pointInTime && {
      entity: model.pointInTime.entity.map(at),
      predictionTime: at(model.pointInTime.predictionTime),
      span: nowhere,
    },
    span: lines.span(path, 0, model.sql.length),
  };
}

/**
 * The audit's input for a handful of sources and SQL strings: models name sources `raw.x` and models by their
 * bare or `main.`-qualified name. Types come from DuckDB, as 4-bind takes them. Models must be given in order.
 */
export async function testInput(project: TestProject): Promise<AuditInput> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const nodes = new Map<string, Rendered>();
    const columns = new Map<string, readonly BoundColumn[]>();
    const parents = new Map<string, string[]>();
    await connection.run('create schema raw');
    for (const [name, source] of Object.entries(project.sources)) {
      const made = makeSource(name, source);
      const list = Object.entries(source.columns).map(([column, type]) => ({ name: column, type }));
      nodes.set(made.uniqueId, made);
      columns.set(made.uniqueId, list);
      parents.set(made.uniqueId, []);
      await connection.run(
        `create table raw."${name}"(${list.map((c) => `"${c.name}" ${c.type}`).join(', ')})`,
      );
    }
    for (const [name, model] of Object.entries(project.models)) {
      const read = [...nodes.values()]
        .filter((node) => new RegExp(`\\b${node.name}\\b`, 'i').test(model.sql))
        .map((node) => node.uniqueId);
      const made = makeModel(name, model, read);
      await connection.run(`create view main."${name}" as ${model.sql}`);
      const described = await connection.runAndReadAll(`describe main."${name}"`);
      nodes.set(made.uniqueId, made);
      parents.set(made.uniqueId, read);
      columns.set(
        made.uniqueId,
        described
          .getRowObjectsJson()
          .map((row) => ({ name: String(row.column_name), type: String(row.column_type) })),
      );
    }
    const children = new Map([...nodes.keys()].map((id) => [id, [] as string[]]));
    for (const [id, from] of parents) for (const parent of from) children.get(parent)?.push(id);
    const all = [...nodes.values()];
    return {
      rendered: {
        nodes: new Map(all.filter((n): n is RenderedNode => n.kind === 'model').map((n) => [n.uniqueId, n])),
        tests: new Map(),
        sources: new Map(
          all.filter((n): n is RenderedSource => n.kind === 'source').map((n) => [n.uniqueId, n]),
        ),
        diagnostics: [],
      },
      graph: { nodes, parents, children, order: [...nodes.keys()] },
      bound: {
        columns,
        diagnostics: [],
        lineage: async () => [],
        close: () => undefined,
      } as unknown as AuditInput['bound'],
      policy: project.policy === undefined ? undefined : at(project.policy),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
