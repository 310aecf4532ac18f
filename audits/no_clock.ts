import { auditRule } from '#core';

const clocks = new Set([
  'now',
  'today',
  'current_date',
  'current_time',
  'current_timestamp',
  'localtime',
  'localtimestamp',
  'get_current_timestamp',
  'transaction_timestamp',
]);

export default auditRule({
  id: 'no-clock',
  claim: 'No model that features are made from reads the clock: prediction times come from the calendar.',
  cannotSee: 'A clock behind a user-defined function, or in a template that writes the time as a constant.',
  messages: {
    clock: ({ name }: { name: string }) =>
      `${name}() is read when the model is built, not when it predicts: use prediction_time`,
  },
  visit: {
    call: ({ name }, report) => {
      if (clocks.has(name)) report('clock', { name });
    },
  },
});
