interface FlagBase {
  /** One letter, without the hyphen. */
  readonly short?: string;
  /** Other long names that mean the same, without hyphens in front. */
  readonly aliases?: readonly string[];
  readonly summary: string;
}

/** `--name`, and `--no-name` to take it back. */
export interface BooleanFlag extends FlagBase {
  readonly kind: 'boolean';
}

export interface StringFlag extends FlagBase {
  readonly kind: 'string';
  readonly placeholder: string;
}

export interface NumberFlag extends FlagBase {
  readonly kind: 'number';
  readonly placeholder: string;
  readonly integer?: boolean;
  readonly min?: number;
}

/** Takes one or more words: `-s a b -s c` gives three. */
export interface ListFlag extends FlagBase {
  readonly kind: 'list';
  readonly placeholder: string;
}

export interface ChoiceFlag extends FlagBase {
  readonly kind: 'choice';
  readonly choices: readonly string[];
}

/** A command's option as data: parsing, help, completion and the documentation check read it. */
export type Flag = BooleanFlag | StringFlag | NumberFlag | ListFlag | ChoiceFlag;

/** Flags by camelCase name; the command line spells them in kebab-case. */
export type FlagTable = Readonly<Record<string, Flag>>;

type ValueOf<F extends Flag> = F extends BooleanFlag
  ? boolean
  : F extends NumberFlag
    ? number | undefined
    : F extends ListFlag
      ? readonly string[]
      : F extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
        ? Choice | undefined
        : string | undefined;

/** What a command gets for its flags: booleans default to false, lists to empty, the rest to undefined. */
export type FlagValues<Table extends FlagTable> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

/** `fullRefresh` to `full-refresh`. */
export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
