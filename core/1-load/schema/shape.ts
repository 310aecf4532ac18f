import { z } from 'zod';
import type { Foreign } from './foreign.ts';

/**
 * What the message of an `unrecognized_keys` issue carries, as JSON: the keys there are, and dbt's keys that are
 * refused or have no effect here. zod's own issue does not know them.
 */
export interface ShapeNote {
  readonly where: string;
  readonly known: readonly string[];
  readonly foreign: Foreign;
}

/** A mapping with exactly these keys. Optional ones may be left out or empty. */
export function mapping(
  where: string,
  required: Readonly<Record<string, z.ZodType>>,
  optional: Readonly<Record<string, z.ZodType>>,
  foreign: Foreign = {},
): z.ZodType {
  const shape: Record<string, z.ZodType> = { ...required };
  for (const [key, schema] of Object.entries(optional)) shape[key] = schema.nullish();
  const note: ShapeNote = { where, known: Object.keys(shape), foreign };
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? JSON.stringify(note) : undefined),
  });
}

/** Marks the branch of a union that lets Jinja through; its complaint is never the one to show. */
export const jinjaMark = 'jinja';

/** Text that holds Jinja: 2-render evaluates it, so that no type can be asked of it here. */
const jinjaText: z.ZodType = z
  .string({ error: jinjaMark })
  .regex(/\{[{%]/, { error: jinjaMark, abort: true });

/** The schema, or Jinja that will become such a value. */
export function orJinja(schema: z.ZodType): z.ZodType {
  return z.union([schema, jinjaText]);
}

export const text: z.ZodType = z.string();
export const nonEmpty: z.ZodType = z.string().min(1);
/** Text where a bare number is meant as written, such as `version: 1.0`. */
export const textOrNumber: z.ZodType = z.union([z.string(), z.number()]);
export const flag: z.ZodType = orJinja(z.boolean());
export const anything: z.ZodType = z.unknown();
export const anyMapping: z.ZodType = z.record(z.string(), z.unknown());

export function oneOf(...values: readonly string[]): z.ZodType {
  return orJinja(z.enum(values as readonly [string, ...string[]]));
}

export function listOf(item: z.ZodType): z.ZodType {
  return z.array(item);
}

/** `key: one` or `key: [one, two]`. */
export function oneOrList(item: z.ZodType): z.ZodType {
  return z.union([item, z.array(item)]);
}

/** A problem that zod has no words for: a catalogue code with its arguments. */
export interface Problem {
  readonly code: string;
  readonly args: object;
  readonly path?: readonly PropertyKey[];
  /** Point at the key of the path's last step rather than at its value. */
  readonly onKey?: boolean;
}

/** What a checking function may do: report a problem, or hold a part of the value to a schema. */
export interface Checker {
  readonly report: (problem: Problem) => void;
  readonly hold: (schema: z.ZodType, value: unknown, path?: readonly PropertyKey[]) => void;
}

/** A schema that runs a function over the plain value, whatever its type: for forms that depend on their content. */
export function checkedBy(check: (value: unknown, checker: Checker) => void): z.ZodType {
  return z.unknown().check((context) => {
    check(context.value, {
      report: ({ path = [], ...params }) => {
        context.issues.push({
          code: 'custom',
          input: undefined,
          path: [...path],
          params,
          message: params.code,
        });
      },
      hold: (schema, value, path = []) => {
        for (const issue of schema.safeParse(value).error?.issues ?? []) {
          context.issues.push({
            ...issue,
            input: undefined,
            path: [...path, ...issue.path],
          } as z.core.$ZodRawIssue);
        }
      },
    });
  });
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
