import type { Formula } from '../../symbolic/formula.ts';
import type { Term } from '../../symbolic/term.ts';
import type { Derivation } from '../derivation.ts';
import { isSubset, possible, presence, replacement, touched } from '../moves.ts';
import type { Move, Row } from '../relation.ts';
import { type JoinShape, matches, rightRow, uniqueBy } from './join.ts';

/** What changes of one side do to an inner or outer join. X is the side that changes, Y the other. */
export function pairMoves(derive: Derivation, shape: JoinShape, side: 'left' | 'right'): Move[] {
  const { context } = derive.analysis;
  if (side === 'left') {
    // Each move is judged alone: they may share the row that they are matched with.
    const shared =
      shape.correlated === undefined ? new Side(derive, shape, side, rightRow(derive, shape, [])) : undefined;
    return derive.moves(shape.node.left, shape.scope).flatMap((move) => {
      const after = shared ?? new Side(derive, shape, side, rightRow(derive, shape, move.after));
      // A correlated right side is another one for another left row: the old row goes, the new one comes.
      if (move.sign === '~' && shape.correlated !== undefined) {
        const changes = touched(context, move, shape.leftReads);
        if (changes.id !== context.f.false.id) {
          const before = new Side(derive, shape, side, rightRow(derive, shape, move.before));
          const stays = shape.keepsLeft ? unchanged(derive, move) : new Set<number>();
          const rest = {
            anchored: stays,
            net: stays.size > 0 && restsOnUnique(derive, shape, 'right') ? ('0' as const) : undefined,
          };
          return [
            ...before.appear(presence(move, '-', move.before, [...move.facts, changes]), rest),
            ...after.appear(presence(move, '+', move.after, [...move.facts, changes]), rest),
            ...after.replace(withoutReads(derive, move, shape)),
          ];
        }
      }
      return after.of(move);
    });
  }
  const left = derive.row(shape.node.left, shape.scope);
  const other = new Side(derive, shape, side, left);
  return derive.moves(shape.node.right, shape.rightScope(left.columns)).flatMap((move) => other.of(move));
}

/** At most one row of that side matches a row of the other, and what is derived rests on it. */
function restsOnUnique(derive: Derivation, shape: JoinShape, side: 'left' | 'right'): boolean {
  const facts = uniqueBy(derive, shape, side);
  derive.analysis.rest(facts ?? []);
  return facts !== undefined;
}

function unchanged({ analysis }: Derivation, move: Move): Set<number> {
  return new Set(
    move.changed.flatMap(({ id }, index) => (id === analysis.context.f.false.id ? [index] : [])),
  );
}

/** The move when the columns that the join reads are the same. */
function withoutReads({ analysis }: Derivation, move: Move, shape: JoinShape): Move {
  const { f } = analysis.context;
  const same = f.not(touched(analysis.context, move, shape.leftReads));
  return { ...move, facts: [...move.facts, same] };
}

/** The other side's row, and how rows of both sides make one. */
class Side {
  constructor(
    readonly derive: Derivation,
    readonly shape: JoinShape,
    readonly side: 'left' | 'right',
    readonly other: Row,
  ) {}

  get #unique(): boolean {
    return restsOnUnique(this.derive, this.shape, this.side);
  }

  get #keepsX(): boolean {
    return this.side === 'left' ? this.shape.keepsLeft : this.shape.keepsRight;
  }

  get #keepsY(): boolean {
    return this.side === 'left' ? this.shape.keepsRight : this.shape.keepsLeft;
  }

  of(move: Move): Move[] {
    const { context } = this.derive.analysis;
    if (move.sign !== '~') return this.appear(move);
    const reads = this.side === 'left' ? this.shape.leftReads : this.shape.rightReads;
    const changes = touched(context, move, reads);
    return changes.id === context.f.false.id ? this.replace(move) : this.rematch(move, changes);
  }

  /** A row of X comes or goes. */
  appear(
    move: Move,
    rest: { readonly anchored?: ReadonlySet<number>; readonly net?: Move['net'] } = {},
  ): Move[] {
    const { context } = this.derive.analysis;
    const { f } = context;
    const reads = this.side === 'left' ? this.shape.leftReads : this.shape.rightReads;
    const on = this.#on(move.after);
    const keptAnchors = rest.anchored ?? (isSubset(reads, move.anchored) ? move.anchored : undefined);
    const anchoredPair =
      keptAnchors !== undefined && keptAnchors.size > 0
        ? {
            anchored: this.#places(keptAnchors, rest.anchored === undefined),
            net: rest.net ?? move.net,
            paired: true,
          }
        : {};
    const sign = move.sign as '+' | '-';
    if (!this.#keepsY) {
      const has = this.#keepsX ? context.flag('matched') : f.true;
      const facts = [...move.facts, ...[...this.other.facts, on].map((fact) => f.implies(has, fact))];
      return possible(context, [presence(move, sign, this.#join(move.after, has), facts, anchoredPair)]);
    }
    const facts = [...move.facts, ...this.other.facts, on];
    const pair = this.#join(move.after, f.true);
    const alone = this.#alone(move.after);
    const yAnchors = this.#places(new Set(), true);
    const alonePresence = this.#keepsX
      ? [presence(move, sign, this.#join(move.after, f.false), move.facts)]
      : [];
    if (this.#unique) {
      const [before, after] = sign === '+' ? [alone, pair] : [pair, alone];
      return possible(context, [replacement(context, move, before, after, facts), ...alonePresence]);
    }
    const opposite = sign === '+' ? '-' : '+';
    return possible(context, [
      presence(move, sign, pair, facts, { anchored: yAnchors, net: sign, paired: true }),
      presence(move, opposite, alone, facts, { anchored: yAnchors, net: sign, paired: true }),
      ...alonePresence,
    ]);
  }

  /** A row of X changes in columns that do not decide what it is matched with. */
  replace(move: Move): Move[] {
    const { context } = this.derive.analysis;
    const { f } = context;
    const has = this.#keepsX ? context.flag('matched') : f.true;
    const given = [...this.other.facts, this.#on(move.after)];
    const facts = [...move.facts, ...given.map((fact) => f.implies(has, fact))];
    const changed = (column: number): Formula => this.#changeOf(move, column);
    return possible(context, [
      replacement(context, move, this.#join(move.before, has), this.#join(move.after, has), facts, changed),
    ]);
  }

  /** A row of X changes in columns that decide what it is matched with. */
  rematch(move: Move, changes: Formula): Move[] {
    const { context } = this.derive.analysis;
    const { f } = context;
    const { other } = this;
    const [before, after] = [this.#on(move.before), this.#on(move.after)];
    const pairFacts = [...move.facts, ...other.facts];
    const pairBefore = this.#join(move.before, f.true);
    const pairAfter = this.#join(move.after, f.true);
    const both = replacement(context, move, pairBefore, pairAfter, [...pairFacts, before, after], (column) =>
      this.#changeOf(move, column),
    );
    const gains = [...pairFacts, changes, after, f.not(before)];
    const loses = [...pairFacts, changes, before, f.not(after)];
    const anchors = new Set([...(this.#keepsX ? this.#places(unchanged(this.derive, move), false) : [])]);
    const moves: (Move | undefined)[] = [both];
    if (!this.#keepsX && !this.#keepsY) {
      moves.push(presence(move, '+', pairAfter, gains), presence(move, '-', pairBefore, loses));
      return possible(context, moves);
    }
    // The row stays on the side that keeps it, with NULLs or with its match: gaining one, it may lose the NULLs.
    const ySide = this.#places(new Set(), true);
    if (this.#keepsX) {
      const aloneBefore = this.#join(move.before, f.false);
      const aloneAfter = this.#join(move.after, f.false);
      const rest = { anchored: anchors, paired: true };
      moves.push(
        presence(move, '+', pairAfter, gains, { ...rest, net: '+' }),
        presence(move, '-', aloneBefore, gains, { ...rest, net: '+' }),
        presence(move, '-', pairBefore, loses, { ...rest, net: '-' }),
        presence(move, '+', aloneAfter, loses, { ...rest, net: '-' }),
        replacement(context, move, aloneBefore, aloneAfter, move.facts, (column) =>
          this.#changeOf(move, column),
        ),
      );
    }
    if (this.#keepsY) {
      const alone = this.#alone(move.after);
      if (this.#unique && !this.#keepsX) {
        moves.push(
          replacement(context, move, alone, pairAfter, gains),
          replacement(context, move, pairBefore, alone, loses),
        );
      } else {
        moves.push(
          presence(move, '+', pairAfter, gains, { anchored: ySide, paired: true, net: '+' }),
          presence(move, '-', alone, gains, { anchored: ySide, paired: true, net: '+' }),
          presence(move, '-', pairBefore, loses, { anchored: ySide, paired: true, net: '-' }),
          presence(move, '+', alone, loses, { anchored: ySide, paired: true, net: '-' }),
        );
      }
    }
    return possible(context, moves);
  }

  #on(x: readonly Term[]): Formula {
    const [left, right] = this.side === 'left' ? [x, this.other.columns] : [this.other.columns, x];
    return matches(this.derive, this.shape, left, right).isTrue;
  }

  /** The joined row; Y's columns are NULL unless `has`. */
  #join(x: readonly Term[], has: Formula): Term[] {
    const { context } = this.derive.analysis;
    const y = this.other.columns.map((term) => context.nullUnless(has, term));
    return this.side === 'left' ? [...x, ...y] : [...y, ...x];
  }

  /** Y's row with NULLs for X. */
  #alone(x: readonly Term[]): Term[] {
    const { context } = this.derive.analysis;
    return this.#join(
      x.map((term) => context.nullUnless(context.f.false, term)),
      context.f.true,
    );
  }

  /** Output positions of the given columns of X, and of all of Y where asked for. */
  #places(x: ReadonlySet<number>, allOfY: boolean): ReadonlySet<number> {
    const { leftWidth, rightWidth } = this.shape;
    const xStart = this.side === 'left' ? 0 : leftWidth;
    const [yStart, yWidth] = this.side === 'left' ? [leftWidth, rightWidth] : [0, leftWidth];
    const y = allOfY ? Array.from({ length: yWidth }, (_, index) => yStart + index) : [];
    return new Set([...[...x].map((column) => xStart + column), ...y]);
  }

  #changeOf(move: Move, column: number): Formula {
    const xStart = this.side === 'left' ? 0 : this.shape.leftWidth;
    return move.changed[column - xStart] ?? this.derive.analysis.context.f.false;
  }
}
