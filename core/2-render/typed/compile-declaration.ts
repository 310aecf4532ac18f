import { sql } from 'kysely';
import type { ConfigValue } from '../../1-load/index.ts';
import type { Calendar } from '../define/calendar.ts';
import type { FeatureView } from '../define/feature-view.ts';
import type { Spine } from '../define/spine.ts';
import type { Tables, TypedModel } from '../define/typed-model.ts';
import { declaredTimes } from '../features/calendar-times.ts';
import { compileView } from '../features/compile-view.ts';
import { compileGold } from '../features/gold-query.ts';
import { goldInputs, spineInputs, viewInputs } from '../features/inputs.ts';
import { compileSpine } from '../features/spine-query.ts';
import { viewQuery } from '../features/view-query.ts';
import type { Declaration, Evaluated } from './declaration.ts';
import { queryBuilder } from './duckdb-dialect.ts';
import { refuse } from './problem.ts';

export interface CompileContext {
  /** When the rows of a spine are predicted, where views may rely on it. */
  readonly calendarOf: (spine: string) => Calendar | undefined;
}

/** A declaration as SQL and properties. @throws RenderError for mistakes in it */
export function compileDeclaration(
  declaration: Declaration,
  file: string,
  context: CompileContext,
): Evaluated {
  switch (declaration.churn) {
    case 'feature_view':
      return compileFeatureView(declaration, file, context.calendarOf(declaration.spine.name));
    case 'gold_table': {
      const { template, columns } = compileGold(declaration);
      const { contract } = declaration;
      return {
        template,
        description: declaration.description,
        config: plain({ ...declaration.config, ...(contract && { contract: { enforced: true } }) }),
        columns: Object.entries(columns).map(([name, column]) => ({ name, ...column })),
        inputs: goldInputs(declaration),
        pointInTime: { entity: declaration.entity, predictionTime: declaration.predictionTime },
      };
    }
    case 'spine':
      return compileOwnSpine(declaration, file);
    case 'typed_model':
      return compileTypedModel(declaration);
  }
}

function compileFeatureView(view: FeatureView, file: string, calendar: Calendar | undefined): Evaluated {
  if (view.name !== file) refuse('CH252', { name: view.name, file });
  const compiled = compileView(view, undefined, calendar && declaredTimes(calendar));
  const keys = [...view.entity, view.predictionTime];
  const columns = compiled.outputs.map(({ name, description, window }) => ({ name, description, window }));
  return {
    template: viewQuery(compiled),
    description: view.description,
    config: plain(view.config),
    columns: [...keys.map((name) => ({ name, role: 'key' as const })), ...columns],
    inputs: viewInputs(view, compiled),
    pointInTime: { entity: view.entity, predictionTime: view.predictionTime },
  };
}

function compileOwnSpine(spine: Spine, file: string): Evaluated {
  if (spine.name !== file) refuse('CH252', { name: spine.name, file });
  const { template, columns } = compileSpine(spine);
  return {
    template,
    description: spine.description,
    config: plain(spine.config),
    columns,
    inputs: spineInputs(spine),
    pointInTime: { entity: spine.entity, predictionTime: spine.predictionTime },
  };
}

function compileTypedModel(model: TypedModel): Evaluated {
  const { pointInTime } = model;
  const query = model.query({ db: queryBuilder<Tables>(), sql });
  if (typeof query?.compile !== 'function')
    refuse('CH257', {
      problem: 'the `query` of a typed model gives no Kysely query',
      fix: 'Return the query itself.',
    });
  return {
    template: query.compile().sql,
    description: model.description,
    config: plain(model.config ?? {}),
    columns: Object.entries(model.columns ?? {}).map(([name, column]) => ({ name, ...column })),
    ...(pointInTime && {
      pointInTime: {
        entity: [pointInTime.entity].flat() as readonly string[],
        predictionTime: pointInTime.predictionTime,
      },
    }),
  };
}

/** Configuration as YAML could hold it. */
function plain(config: Readonly<Record<string, unknown>>): Record<string, ConfigValue> {
  return JSON.parse(JSON.stringify(config)) as Record<string, ConfigValue>;
}
