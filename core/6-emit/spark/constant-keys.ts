import type { Expression } from '../../sql/index.ts';
import { queryPass } from '../normalise/pass.ts';

/** Spark takes a whole number in GROUP BY for a place in the select list, also one that an alias stands for. */
export const castConstantKeys = queryPass('cast-constant-keys', (query) => {
  if (query.kind !== 'select' || query.groupBy.kind !== 'keys') return query;
  return { ...query, groupBy: { ...query.groupBy, keys: query.groupBy.keys.map(castNumber) } };
});

function castNumber(key: Expression): Expression {
  if (!isNumber(key)) return key;
  return { kind: 'cast', operand: key, type: { kind: 'plain', name: 'INTEGER' }, lenient: false };
}

/** A literal, with or without a sign. */
function isNumber(key: Expression): boolean {
  if (key.kind === 'literal') return typeof key.value === 'number' && key.type.kind === 'plain';
  return (
    key.kind === 'call' &&
    key.operator &&
    key.args.length === 1 &&
    key.args[0] !== undefined &&
    isNumber(key.args[0])
  );
}
