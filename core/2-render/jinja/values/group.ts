import { Tuple, type Value } from './value.ts';

/** A group of `groupby`: prints and unpacks as a tuple, and has `.grouper` and `.list`, as in Jinja. */
export class Group extends Tuple {
  constructor(
    readonly grouper: Value,
    readonly list: Value[],
  ) {
    super();
    this.push(grouper, list);
  }
}
