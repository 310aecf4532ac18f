import type { history } from './catalog.ts';

/** An error to read in the editor, in place of the feature. */
export interface WindowTooLong<Window> {
  readonly error: `the window ${Window & string} is longer than the declared history`;
}

/** `Result`, or an error where one of the windows is longer than the rows' declared past. */
export type WithinHistory<Row, Windows extends string, Result> = [TooLong<Row, Windows>] extends [never]
  ? Result
  : WindowTooLong<TooLong<Row, Windows>>;

/** Those of the windows that do not fit. A window that is not known as text fits everywhere. */
type TooLong<Row, Windows extends string> = Row extends { readonly [history]?: infer Most }
  ? Beyond<NonNullable<Most>, Windows>
  : never;

type Beyond<Most, Window extends string> = Window extends string
  ? {
      [Unit in keyof Most & string]: Window extends `${infer Count extends number}${Unit}`
        ? Fits<`${Count}`, `${Most[Unit] & number}`> extends true
          ? never
          : Window
        : never;
    }[keyof Most & string]
  : never;

/** Whether one whole number, as text, is at most another: by length, then by the first digit that differs. */
type Fits<A extends string, B extends string> =
  Longer<A, B> extends 'first' ? false : Longer<A, B> extends 'second' ? true : NotAbove<A, B>;

type Longer<A extends string, B extends string> = A extends `${infer _}${infer RestA}`
  ? B extends `${infer _}${infer RestB}`
    ? Longer<RestA, RestB>
    : 'first'
  : B extends ''
    ? 'none'
    : 'second';

type NotAbove<A extends string, B extends string> = A extends `${infer DigitA}${infer RestA}`
  ? B extends `${infer DigitB}${infer RestB}`
    ? DigitA extends DigitB
      ? NotAbove<RestA, RestB>
      : '0123456789' extends `${string}${DigitA}${string}${DigitB}${string}`
        ? true
        : false
    : true
  : true;
