import { auditRule } from 'churn';

/** A rule of your own: `churn audit` runs it after the proofs. Its severity can be changed in policy.yml. */
export default auditRule({
  id: 'features-say-what',
  claim: 'Every feature has a description.',
  cannotSee: 'Whether the description is true.',
  messages: { silent: () => 'it has no description' },
  visit: {
    column: ({ role, description }, report) => {
      if (role === 'feature' && !description) report('silent');
    },
  },
});
