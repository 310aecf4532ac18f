import { auditRule } from '#core';

/** An account review takes a quarter: nobody acts on what is further away. */
const longest = 90;

export default auditRule({
  id: 'labels-say-how-far',
  claim: 'Every label declares how far it looks ahead, and none looks further than a quarter.',
  cannotSee: 'Shorter horizons of single cohorts: a label is declared, and proved, by its longest.',
  messages: {
    none: ({ label }: { label: string }) => `${label} declares no horizon`,
    long: ({ horizon }: { horizon: number }) => `its horizon of ${horizon} days is longer than ${longest}`,
  },
  visit: {
    column: ({ column, role, horizon }, report) => {
      if (role !== 'label') return;
      if (horizon === undefined) report('none', { label: column });
      else if (horizon > longest) report('long', { horizon });
    },
  },
});
