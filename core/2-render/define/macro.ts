import type { Fragment, Hole } from './references.ts';

/** Names of the project's macros. */
type MacroName = [keyof Churn.Macros] extends [never] ? string : keyof Churn.Macros & string;

/** What a macro takes, once `churn typegen` has run. */
type Arguments<Name> = Name extends keyof Churn.Macros
  ? Churn.Macros[Name] extends readonly unknown[]
    ? Churn.Macros[Name]
    : readonly Hole[]
  : readonly Hole[];

/**
 * A macro of the project, Jinja or TypeScript, called from a feature. Columns and SQL reach it as text, as in
 * `{{ ltv_tier('annual_value') }}`; text is given as it is.
 *
 * @example sum(macro('in_euros', col('amount'))).over('30d')
 */
export function macro<Name extends MacroName, Value = unknown>(
  name: Name,
  ...args: Arguments<Name>
): Fragment<Value> {
  const call = Object.freeze({ macro: name, args: Object.freeze([...args]) as readonly Hole[] });
  return Object.freeze({ fragment: true, strings: Object.freeze(['', '']), holes: Object.freeze([call]) });
}
