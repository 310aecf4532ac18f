import { z } from 'zod';
import { checkedBy, listOf, mapping, nonEmpty, text, textOrNumber } from './shape.ts';

const severity = z.enum(['error', 'warn']);
const verdicts = { refuted: severity, unproven: severity };

/** `error`, or `{refuted: error, unproven: warn}`. */
const perModel = checkedBy((value, { hold }) => {
  if (typeof value === 'string') hold(severity, value);
  else hold(mapping('the policy of a model', {}, verdicts), value);
});

const day = z
  .string()
  .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)), {
    error: 'a day such as `2027-01-31`',
  });

const waiver = mapping(
  'a waiver',
  { model: nonEmpty, column: nonEmpty, who: nonEmpty, why: nonEmpty, until: day },
  { ticket: text },
);

/** audits/policy.yml: what the leakage audit enforces, and who answers for the exceptions. */
export const policyFile: z.ZodType = mapping(
  'policy.yml',
  {},
  {
    version: textOrNumber,
    ...verdicts,
    models: z.record(z.string(), perModel),
    rules: z.record(z.string(), z.enum(['error', 'warn', 'off'])),
    waivers: listOf(waiver),
  },
);
