import type { OnRunEvent } from '#core';

/**
 * Counts nodes in the order in which they start and end, so that `k of N` only ever grows: a plan's own positions jump,
 * because tests of a model end before the model is published.
 */
export function inOrder(emit: OnRunEvent): OnRunEvent {
  let started = 0;
  let ended = 0;
  return (event) => {
    if (event.type === 'node-start') emit({ ...event, index: ++started });
    else if (event.type === 'node-end') emit({ ...event, index: ++ended });
    else emit(event);
  };
}
