import { auditRule } from '#core';

export default auditRule({
  id: 'names-tell-windows',
  claim: 'A feature whose name ends in _30d has a proven look-back of 30 days, and so on.',
  cannotSee:
    'Features that are not proved, and those of a ratio or a trend, which look further back than they say.',
  messages: {
    unbounded: ({ days }: { days: number }) => `its name says ${days} days, and no lower bound is proved`,
    other: ({ days, proven }: { days: number; proven: number }) =>
      `its name says ${days} days, the proven window is ${Math.round(proven * 10) / 10} days`,
  },
  visit: {
    column: ({ column, role, verdict, window }, report) => {
      const named = /_(\d+)d$/.exec(column)?.[1];
      if (named === undefined || role === 'label' || verdict !== 'PROVED' || window === undefined) return;
      const days = Number(named);
      if (window.from === null) report('unbounded', { days });
      // A day of grace: windows are cut at midnight or at the instant.
      else if (Math.abs(-window.from - days) > 1) report('other', { days, proven: -window.from });
    },
  },
});
