import { type PlanOptions, reportCli } from '#core';
import { fail } from './failures.ts';

interface EventTimeFlags {
  readonly eventTimeStart?: string;
  readonly eventTimeEnd?: string;
}

/** `--event-time-start` and `--event-time-end`, as in dbt: instants in UTC. */
export function readEventTime({ eventTimeStart, eventTimeEnd }: EventTimeFlags): PlanOptions['eventTime'] {
  if (eventTimeStart === undefined && eventTimeEnd === undefined) return undefined;
  return {
    ...(eventTimeStart !== undefined && { start: instant('--event-time-start', eventTimeStart) }),
    ...(eventTimeEnd !== undefined && { end: instant('--event-time-end', eventTimeEnd) }),
  };
}

function instant(flag: string, value: string): Date {
  const text = /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : `${value.replace(' ', 'T')}Z`;
  const date = new Date(/(Z|[+-]\d\d:?\d\d)Z$/.test(text) ? text.slice(0, -1) : text);
  if (!Number.isNaN(date.getTime()) && /^\d{4}-\d\d-\d\d/.test(value)) return date;
  return fail(reportCli('CH904', { flag, value, expected: 'an instant such as 2024-03-01' }));
}
