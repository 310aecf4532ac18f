import { reportRun } from '../../../../diagnostics/index.ts';
import { filterInputs } from '../../../plan/filter-inputs.ts';
import type { PartInput } from '../../../plan/inputs.ts';
import type { MaterializeContext, Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { around } from '../../../plan/statement.ts';
import { identifier, identifiers } from '../quote.ts';
import { enforceContract } from './contract.ts';

/** Conditions on the rows that an input contributes to a part of the model. */
export type Narrow = (input: PartInput) => readonly string[];

/** Fingerprints and late rows are told apart by this many buckets of entities. */
const buckets = 256;

/** The bucket of a row's entity. */
export function bucketOf(of: Keyed): string {
  return `${hashOf(of)} % ${buckets}`;
}

type Keyed = Pick<PartInput, 'entity'> & Partial<Pick<PartInput, 'casts'>>;

/**
 * The node's rows after `first`, and in further batches of entities after `next`: one statement holds the rows of one
 * batch, so that memory stays that of a batch however many entities there are.
 */
export function writeParts(
  context: MaterializeContext,
  first: string,
  next: string,
  narrow: Narrow = () => [],
): Statement[] {
  const batches = context.node.config.batches ?? 1;
  const count = context.inputs === undefined ? 1 : batches;
  return Array.from({ length: count }, (_, batch) => {
    const ofBatch: Narrow = (input) => (count === 1 ? [] : [`${hashOf(input)} % ${count} = ${batch}`]);
    return partStatement(context, batch === 0 ? first : next, (input) => [
      ...narrow(input),
      ...ofBatch(input),
    ]);
  });
}

/** The node's SQL over inputs narrowed to a part, after `head`, with the contract's types. */
export function partStatement(context: MaterializeContext, head: string, narrow: Narrow): Statement {
  const { node, inputs = [] } = context;
  const filters = inputs.flatMap((input) => {
    const conditions = narrow(input);
    return conditions.length === 0 ? [] : [{ relation: input.relation, where: conditions.join(' and ') }];
  });
  const { sql, edits } = filterInputs(node.sql, filters);
  const select = enforceContract(node);
  // After `from` stands a relation with a name, else a query.
  const isRelation = head.endsWith(' from ');
  const statement = !isRelation
    ? around(`${head}${select.head}`, sql, select.tail)
    : select.head === ''
      ? around(head, sql, ' as part')
      : around(`${head}(${select.head}`, sql, `${select.tail}) as part`);
  if (edits.length === 0) return statement;
  return { ...statement, body: statement.body && { ...statement.body, edits } };
}

/** `batches` needs to know what belongs to an entity; undefined: all is well. */
export function refuseBatches(context: MaterializeContext): Materialized | undefined {
  if ((context.node.config.batches ?? 1) === 1 || context.inputs !== undefined) return undefined;
  return refuseParts(context, 'batches');
}

export function refuseParts({ node, inputs }: MaterializeContext, setting: string): Materialized {
  const why =
    node.inputs === undefined
      ? {
          reason:
            'It is SQL, of which nobody knows whether a row depends on the rows of its own entity alone.',
          fix: 'Declare it as a `featureView`, `goldTable` or `spine`, or take the setting away.',
        }
      : inputs === undefined
        ? {
            reason: 'One of its inputs is ephemeral: it has no rows of its own that could be taken in parts.',
            fix: 'Materialize the input as a table or view.',
          }
        : {
            reason: 'It is a spine: what its labels say of past prediction times becomes known with time.',
            fix: 'Set `materialized: table` for it: a spine is rebuilt whole, and costs little.',
          };
  const args = { model: node.name, setting, ...why };
  return { ok: false, diagnostics: [reportRun('CH733', args, { span: node.span, node: node.uniqueId })] };
}

function hashOf({ entity, casts = [] }: Keyed): string {
  const keys = entity.map((column, i) =>
    casts[i] === undefined ? identifier(column) : `try_cast(${identifier(column)} as ${casts[i]})`,
  );
  return `hash(${keys.join(', ')})`;
}

/** The fingerprint of a group of rows, whatever their order. */
export function fingerprint({ entity, watched }: PartInput): string {
  return `sum(hash(${identifiers([...entity, ...watched])})::hugeint)`;
}
