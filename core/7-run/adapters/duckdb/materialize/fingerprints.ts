import type { RenderedNode } from '../../../../2-render/index.ts';
import type { Statement } from '../../../plan/plan.ts';
import { identifier, relationName } from '../quote.ts';
import { type Partitioned, quiet } from './partitioned.ts';
import { bucketOf, fingerprint } from './parts.ts';

/** Holds, per incremental model, what its past prediction times were built from. */
export const stateSchema = 'churn_state';

/** The table of fingerprints: input, prediction time, bucket of entities, rows and hash. */
export function stateOf({ relation }: RenderedNode): string {
  const { database, schema, identifier: own } = relation;
  return relationName({
    ...(database && { database }),
    schema: stateSchema,
    identifier: `${schema}__${own}`,
  });
}

/** After a full build: what it was built from. */
export function createState(part: Partitioned): Statement[] {
  const { context, spine, temp } = part;
  const times = `select distinct ${identifier(spine.predictionTime as string)} as p from ${relationName(spine.relation)}`;
  return quiet([
    `create or replace temp table ${temp.times} as ${times}`,
    `create or replace table ${stateOf(context.node)} as ${fingerprints(part)}`,
    `drop table ${temp.times}`,
  ]);
}

/**
 * Fingerprints of all inputs. Rows at prediction times count for theirs; events for the first prediction time at which
 * they were known, since they matter to it and to later ones.
 */
export function fingerprints({ inputs, temp }: Partitioned): string {
  const selects = inputs.map((input, index) => {
    const of = relationName(input.relation);
    const bucket = bucketOf(input);
    const hash = fingerprint(input);
    if (input.predictionTime !== undefined) {
      const p = `${identifier(input.predictionTime)}::timestamp`;
      return `select ${index} as input, ${p} as p, ${bucket} as bucket, count(*)::hugeint as n, ${hash} as h from ${of} group by all`;
    }
    const known = `${identifier(input.availableAt as string)}::timestamp`;
    // Where all prediction times are midnights, whole days will do, and are far fewer than instants.
    const midnights = `(select bool_and(p::timestamp = date_trunc('day', p::timestamp)) from ${temp.times})`;
    const rounded = `case when ${midnights} then date_trunc('day', ${known} - interval 1 microsecond) + interval 1 day else ${known} end`;
    const groups = `select ${rounded} as a, ${bucket} as bucket, count(*) as n, ${hash} as h from ${of} where ${known} <= (select max(p) from ${temp.times}) group by all`;
    return `select ${index} as input, t.p::timestamp as p, g.bucket, sum(g.n)::hugeint as n, sum(g.h)::hugeint as h from (${groups}) as g asof join ${temp.times} as t on g.a <= t.p group by all`;
  });
  return selects.join('\nunion all\n');
}

/** Past prediction times and buckets of entities whose inputs are not what they were built from. */
export function changed({ context, inputs, temp }: Partitioned): string {
  const kinds = inputs.map(({ predictionTime }, index) => ({ index, isAt: predictionTime !== undefined }));
  const ofKind = (isAt: boolean) => kinds.filter((kind) => kind.isAt === isAt).map(({ index }) => index);
  const at = `moved.input in (${ofKind(true).join(', ')}) and past.p = moved.p`;
  const events = ofKind(false);
  const after = events.length === 0 ? '' : ` or moved.input in (${events.join(', ')}) and past.p >= moved.p`;
  const before = context.state.relations.some(
    ({ relation }) =>
      relationName({ schema: relation.schema, identifier: relation.identifier }) === plainState(context.node),
  )
    ? stateOf(context.node)
    : `(select * from ${temp.seen} where false)`;
  return [
    'with moved as (',
    `    select input, p, bucket from ${before} as was full join ${temp.seen} as now using (input, p, bucket)`,
    '    where was.n is distinct from now.n or was.h is distinct from now.h',
    ')',
    `select distinct past.p::timestamp as p, moved.bucket from moved join ${temp.past} as past on ${at}${after}`,
  ].join('\n');
}

function plainState({ relation }: RenderedNode): string {
  return relationName({ schema: stateSchema, identifier: `${relation.schema}__${relation.identifier}` });
}

/** The fingerprints of this run, but where the past differs and stays as it is: that is told again next time. */
export function replaceState(part: Partitioned): Statement[] {
  const { context, temp, entity } = part;
  const state = stateOf(context.node);
  const open = context.restate
    ? 'false'
    : `(p in (select p::timestamp from ${temp.past}) and bucket in (select ${bucketOf({ entity })} from ${temp.late}))`;
  return quiet([
    `create table if not exists ${state} as from ${temp.seen} where false`,
    `delete from ${state} where not ${open}`,
    `insert into ${state} from ${temp.seen} where not ${open}`,
  ]);
}
