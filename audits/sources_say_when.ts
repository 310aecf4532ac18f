import { auditRule } from '#core';

export default auditRule({
  id: 'sources-say-when',
  claim: 'Every source that features are made from declares a key, and when its rows are known.',
  cannotSee:
    'Whether the declarations are true: `churn build` tests keys and axioms, nobody can test available_at.',
  messages: {
    availability: ({ source }: { source: string }) => `${source} declares no available_at`,
    key: ({ source }: { source: string }) => `${source} declares no primary_key`,
  },
  visit: {
    source: ({ name, availableAt, primaryKey }, report) => {
      if (availableAt === undefined) report('availability', { source: name });
      if (primaryKey.length === 0) report('key', { source: name });
    },
  },
});
