import { type Expression, type FrameBound, rewriteQuery, type WindowCall } from '../../sql/index.ts';
import type { Refusals } from '../refusal.ts';
import { integer, wholeNumber } from '../types/whole-number.ts';
import type { Pass } from './pass.ts';

/**
 * A negative distance looks the other way: LAG by -1 is LEAD by 1, and -1 PRECEDING is 1 FOLLOWING. T-SQL rejects them,
 * and both want a constant.
 */
export const turnDistances: Pass = {
  name: 'turn-distances',
  apply: (query, _environment, refusals) =>
    rewriteQuery(query, {
      expression: (expression) => (expression.kind === 'window' ? turned(expression, refusals) : expression),
    }),
};

function turned(call: WindowCall, refusals: Refusals): WindowCall {
  const { frame } = call;
  const bound = (side: FrameBound): FrameBound => {
    if (!('offset' in side) || frame.unit !== 'rows') return side;
    const distance = distanceOf(side.offset, call, refusals);
    if (distance >= 0) return side;
    return { kind: side.kind === 'preceding' ? 'following' : 'preceding', offset: integer(-distance) };
  };
  const inFrame = { ...call, frame: { ...frame, start: bound(frame.start), end: bound(frame.end) } };
  const [value, offset, ...rest] = call.args;
  if ((call.name !== 'lag' && call.name !== 'lead') || value === undefined || offset === undefined)
    return inFrame;
  const distance = distanceOf(offset, call, refusals);
  if (distance >= 0) return inFrame;
  return {
    ...inFrame,
    name: call.name === 'lag' ? 'lead' : 'lag',
    args: [value, integer(-distance), ...rest],
  };
}

/** 0 where it is refused. */
function distanceOf(offset: Expression, call: WindowCall, refusals: Refusals): number {
  const distance = wholeNumber(offset);
  if (distance === undefined) {
    refusals.add({
      ...(call.at === undefined ? {} : { at: call.at }),
      what: 'a distance that is not a constant in a window',
      why: 'other engines look so many rows away for all rows alike',
      rewrite: 'number the rows with row_number() and join on the number',
    });
  }
  return distance ?? 0;
}
