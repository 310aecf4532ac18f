import { type ParsedDuration, parseDuration } from '../define/duration.ts';
import type { Cohort, Spine } from '../define/spine.ts';
import type { ModelColumn } from '../define/typed-model.ts';
import { refCall } from '../typed/duckdb-dialect.ts';
import { quoteName } from '../typed/keywords.ts';
import { refuse } from '../typed/problem.ts';
import { calendarQuery } from './calendar-query.ts';
import { instant } from './calendar-times.ts';
import { literalText as plainLiteral } from './terms.ts';

export interface CompiledSpine {
  readonly template: string;
  readonly columns: readonly (ModelColumn & { readonly name: string })[];
}

interface Stretch {
  readonly name: string;
  readonly until: number | undefined;
  readonly observed: number;
  readonly horizon: number | undefined;
}

/**
 * The spine's query: the calendar, the newest version of each entity known at each prediction time, those of them that
 * are alive and observed for long enough, and the label with one constant bound per cohort, which is what can be proved.
 *
 * @throws RenderError for mistakes in the declaration
 */
export function compileSpine(spine: Spine): CompiledSpine {
  const stretches = stretchesOf(spine.cohorts);
  const q = quoteName;
  const { entity, start, end, label } = spine;
  const p = q(spine.predictionTime);
  const hasCohorts = stretches.some(({ name }) => name !== '');
  const longest = Math.max(0, ...stretches.map(({ horizon }) => horizon ?? 0));
  const hasHorizon = longest > 0;
  if (label !== undefined && !stretches.every(({ horizon }) => horizon !== undefined))
    refuse('CH257', {
      problem: `the label \`${label.column}\` has no horizon in some cohort`,
      fix: 'Give every cohort (or the spine) a `horizon`.',
    });
  const versions = [
    ...new Set([...entity, spine.knownFrom, start, ...(end === undefined ? [] : [end]), ...spine.keep]),
  ];
  checkNames(spine, hasCohorts, hasHorizon);
  const ofEvent = spine.calendar.kind === 'events' ? entity.map((key) => `v.${q(key)} = c.${q(key)}`) : [];
  const isCase = (column: (stretch: Stretch) => string): string =>
    stretches.length === 1
      ? column(stretches[0] as Stretch)
      : [
          'case k.cohort',
          ...stretches.map((s) => `        when ${literalText(s.name)} then ${column(s)}`),
          '    end',
        ].join('\n');
  const ctes = [
    cte('calendar', calendarQuery(spine.calendar, entity, spine.predictionTime)),
    cte(
      'versions',
      [
        'select',
        list([...versions.map((name) => `v.${q(name)}`), `c.${p}`, ...cohortColumn(spine, stretches)]),
        'from calendar as c',
        `join ${refCall(spine.from)} as v`,
        `    on ${[`v.${q(spine.knownFrom)} <= c.${p}`, ...ofEvent].join('\n   and ')}`,
        `qualify row_number() over (partition by ${entity.map((key) => `v.${q(key)}`).join(', ')}, c.${p} order by v.${q(spine.knownFrom)} desc) = 1`,
      ].join('\n'),
    ),
    ...(label?.events ? [cte('outcomes', outcomes(spine, stretches))] : []),
  ];
  const selected = [
    ...entity.map((key) => `k.${q(key)}`),
    `k.${p}`,
    ...(hasCohorts ? ['k.cohort'] : []),
    `date_diff('day', k.${q(start)}, k.${p})::integer as tenure_days`,
    ...spine.keep.map((name) => `k.${q(name)}`),
    ...(hasHorizon
      ? [
          `${isCase(({ horizon }) => String(horizon ?? 'null'))}${stretches.length === 1 ? '::integer' : ''} as horizon_days`,
          `k.${p} + to_days(${isCase(({ horizon }) => String(horizon ?? 'null'))}) as label_known_at`,
        ]
      : []),
    ...(label === undefined ? [] : labelColumns(spine, stretches)),
  ];
  const template = [
    `with ${ctes.join(',\n\n')}`,
    '',
    'select',
    list(selected),
    'from versions as k',
    ...(label?.events
      ? [
          'left join outcomes as o',
          `    on ${[...entity, spine.predictionTime].map((key) => `o.${q(key)} = k.${q(key)}`).join('\n   and ')}`,
        ]
      : []),
    `where ${conditions(spine, stretches).join('\n  and ')}`,
  ].join('\n');
  return { template, columns: columnsOf(spine, hasCohorts, hasHorizon, longest) };
}

/** Cohorts with their lengths in days, checked: contiguous, from short to long. */
function stretchesOf(cohorts: readonly (Cohort & { readonly name: string })[]): Stretch[] {
  const days = (text: string | undefined, where: string): number | undefined => {
    if (text === undefined) return undefined;
    const parsed: ParsedDuration | undefined = parseDuration(text);
    return parsed?.unit === 'day'
      ? parsed.count
      : refuse('CH254', { where, text, problem: 'is no length of whole days' });
  };
  let before = 0;
  return cohorts.map(({ name, until, observed, horizon }, i) => {
    const where = name === '' ? 'the spine' : `the cohort \`${name}\``;
    const end = days(until, `${where}, until`);
    const isLast = i === cohorts.length - 1;
    if ((end === undefined) !== isLast || (end !== undefined && end <= before))
      refuse('CH257', {
        problem: `${where} ${isLast ? 'is the last one and ends' : 'does not end after the one before it'}`,
        fix: 'Give every cohort but the last an `until`, from the shortest tenure to the longest.',
      });
    const from = before;
    before = end ?? before;
    const seen = days(observed, `${where}, observed`) ?? from;
    if (end !== undefined && seen >= end)
      refuse('CH257', {
        problem: `${where} is observed for ${seen} days and ends after ${end}: nobody is ever predicted in it`,
        fix: 'Observe it for less, or let it end later.',
      });
    return { name, until: end, observed: seen, horizon: days(horizon, `${where}, horizon`) };
  });
}

function cohortColumn({ start, predictionTime }: Spine, stretches: readonly Stretch[]): string[] {
  if (stretches.length === 1)
    return stretches[0]?.name ? [`${literalText(stretches[0].name)} as cohort`] : [];
  const branches = stretches.map(({ name, until }) =>
    until === undefined
      ? `        else ${literalText(name)}`
      : `        when c.${quoteName(predictionTime)} < v.${quoteName(start)} + interval ${until} day then ${literalText(name)}`,
  );
  return [['case', ...branches, '    end as cohort'].join('\n')];
}

/** Alive at the prediction time, and for as long as its cohort is observed. */
function conditions({ start, end, predictionTime, cohorts }: Spine, stretches: readonly Stretch[]): string[] {
  const p = `k.${quoteName(predictionTime)}`;
  const began = (days: number) =>
    `k.${quoteName(start)} <= ${p}${days === 0 ? '' : ` - interval ${days} day`}`;
  const alive = end === undefined ? [] : [`(k.${quoteName(end)} is null or k.${quoteName(end)} > ${p})`];
  const [first, ...others] = stretches;
  const later = others.flatMap((stretch, i) =>
    stretch.observed > (stretches[i]?.until ?? 0) && cohorts.length > 1
      ? [`(k.cohort <> ${literalText(stretch.name)} or ${began(stretch.observed)})`]
      : [],
  );
  return [began(first?.observed ?? 0), ...later, ...alive];
}

/** Events within the horizon, by row of the spine. */
function outcomes({ entity, predictionTime, label }: Spine, stretches: readonly Stretch[]): string {
  const events = label?.events as NonNullable<NonNullable<Spine['label']>['events']>;
  const p = `k.${quoteName(predictionTime)}`;
  const time = `e.${quoteName(events.time)}`;
  const within = stretches.map(({ name, horizon }) => {
    const bound = `${time} <= ${p} + interval ${horizon} day`;
    return stretches.length === 1 ? bound : `(k.cohort = ${literalText(name)} and ${bound})`;
  });
  const keys = [...entity.map((key) => `k.${quoteName(key)}`), p];
  return [
    `select ${keys.join(', ')}, count(*) as events`,
    'from versions as k',
    `join ${refCall(events.of)} as e`,
    `    on ${entity.map((key) => `e.${quoteName(key)} = k.${quoteName(key)}`).join('\n   and ')}`,
    `   and ${time} > ${p}`,
    `   and ${within.length === 1 ? within[0] : `(${within.join(' or ')})`}`,
    `group by ${keys.join(', ')}`,
  ].join('\n');
}

function labelColumns(spine: Spine, stretches: readonly Stretch[]): string[] {
  const label = spine.label as NonNullable<Spine['label']>;
  const p = `k.${quoteName(spine.predictionTime)}`;
  const complete = instant(label.completeUntil, '`completeUntil` of the label');
  const end = spine.end === undefined ? undefined : `k.${quoteName(spine.end)}`;
  if (end === undefined && (label.events === undefined || label.daysUntil !== undefined))
    refuse('CH257', {
      problem: `the label \`${label.column}\` is the end of a life, and the spine declares no \`end\``,
      fix: 'Declare `end`, or the `events` of the label.',
    });
  const branches = (value: (bound: string) => string, only?: (bound: string) => string) =>
    stretches.map(({ name, horizon }) => {
      const bound = `${p} + interval ${horizon} day`;
      const own = stretches.length === 1 ? '' : `k.cohort = ${literalText(name)} and `;
      const also = only === undefined ? '' : `\n            and ${only(bound)}`;
      return `        when ${own}${bound} <= ${complete}${also}\n            then ${value(bound)}`;
    });
  const ends = (bound: string) =>
    [`${end} is not null`, `${end} > ${p}`, `${end} <= ${bound}`].join('\n            and ');
  const happened = label.events?.is === 'absent' ? 'o.events is null' : 'o.events is not null';
  const column = (lines: readonly string[], name: string) =>
    ['case', ...lines, `    end as ${quoteName(name)}`].join('\n');
  const days = `date_diff('day', ${p}, ${end})::integer`;
  return [
    column(branches(label.events === undefined ? ends : () => happened), label.column),
    ...(label.daysUntil === undefined
      ? []
      : [
          column(
            branches(() => days, ends),
            label.daysUntil,
          ),
        ]),
  ];
}

function checkNames(spine: Spine, hasCohorts: boolean, hasHorizon: boolean): void {
  const { entity, predictionTime, keep, label } = spine;
  const seen = new Set<string>();
  const own = [
    ...entity,
    predictionTime,
    ...(hasCohorts ? ['cohort'] : []),
    'tenure_days',
    ...(hasHorizon ? ['horizon_days', 'label_known_at'] : []),
    ...(label === undefined
      ? []
      : [label.column, ...(label.daysUntil === undefined ? [] : [label.daysUntil])]),
  ];
  for (const name of [...own, ...keep]) {
    if (seen.has(name))
      refuse('CH253', { name, first: 'the spine', second: keep.includes(name) ? 'keep' : 'label' });
    seen.add(name);
  }
}

function columnsOf(
  spine: Spine,
  hasCohorts: boolean,
  hasHorizon: boolean,
  longest: number,
): CompiledSpine['columns'] {
  const { entity, predictionTime, keep, label } = spine;
  const horizon = `${longest} days`;
  return [
    ...entity.map((name) => ({ name, role: 'key' as const })),
    { name: predictionTime, role: 'key', description: 'When it is predicted.' },
    ...(hasCohorts ? [{ name: 'cohort', description: 'Cohort by tenure at the prediction time.' }] : []),
    { name: 'tenure_days', description: 'Days from the start to the prediction time.' },
    ...keep.map((name) => ({ name })),
    ...(hasHorizon
      ? [
          { name: 'horizon_days', description: "Days of future that this row's label looks at." },
          { name: 'label_known_at', description: "Prediction time plus the row's own horizon." },
        ]
      : []),
    ...(label === undefined
      ? []
      : [label.column, ...(label.daysUntil === undefined ? [] : [label.daysUntil])].map((name) => ({
          name,
          role: 'label' as const,
          horizon,
        }))),
  ];
}

/** What Jinja would read as its own is escaped. */
function literalText(value: string): string {
  return plainLiteral(value).replaceAll(/\{(?=[{%#])/g, "{{ '{' }}");
}

function cte(name: string, select: string): string {
  return `${name} as (\n${select.replaceAll(/^(?=.)/gm, '    ')}\n)`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `    ${item}`).join(',\n');
}
