import { formatDiagnostic, type NodeResult, type RunEvent } from '#core';
import type { CliEvent, StepEnd } from './events.ts';
import type { Paint, Style } from './paint.ts';
import { count, duration, plural } from './words.ts';

export interface LineOptions {
  readonly paint: Paint;
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** An event as the lines a person reads on stderr; an empty list when it says nothing at this verbosity. */
export function linesOf(event: CliEvent, options: LineOptions): readonly string[] {
  const { paint, quiet, verbose } = options;
  switch (event.type) {
    case 'data':
      return [];
    case 'diagnostics':
      return event.diagnostics
        .filter(({ severity }) => !quiet || severity === 'error')
        .flatMap((diagnostic) => [
          ...formatDiagnostic(diagnostic, { text: event.text, color: options.color }).split('\n'),
          '',
        ]);
    case 'note':
      if (quiet || (event.level === 'detail' && !verbose)) return [];
      return [paint(noteStyles[event.level], event.text)];
    case 'next':
      return quiet
        ? []
        : event.commands.map((line, at) => `${at === 0 ? 'Next: ' : '      '}${paint('cyan', line)}`);
    case 'section':
      return quiet ? [] : ['', paint('bold', `[${event.index}/${event.total}] ${event.title}`)];
    case 'step-start':
      return verbose && !quiet ? [`${position(event)} ${paint('dim', 'START')} ${event.name}`] : [];
    case 'step-end':
      return quiet && event.status !== 'failed' ? [] : [stepLine(event, options)];
    case 'run-start':
      return quiet
        ? []
        : [
            paint(
              'dim',
              `${plural(event.total, 'node')} on ${event.target}, ${plural(event.threads, 'thread')}`,
            ),
          ];
    case 'node-start':
      return verbose && !quiet
        ? [`${position(event)} ${paint('dim', 'START')} ${event.kind} ${event.name}`]
        : [];
    case 'node-end':
      return quiet && !isBad(event.result) ? [] : nodeLines(event, options);
    case 'run-end':
      return quiet ? [] : summaryLines(event, options);
  }
}

const noteStyles = { info: 'dim', success: 'green', warning: 'yellow', detail: 'dim' } as const;

const statusWords: Readonly<Record<NodeResult['status'], readonly [string, Style]>> = {
  success: ['OK', 'green'],
  pass: ['PASS', 'green'],
  warn: ['WARN', 'yellow'],
  fail: ['FAIL', 'red'],
  error: ['ERROR', 'red'],
  skipped: ['SKIP', 'gray'],
  'no-op': ['NO-OP', 'gray'],
};

function isBad({ status }: NodeResult): boolean {
  return status === 'fail' || status === 'error';
}

function position({ index, total }: { readonly index: number; readonly total: number }): string {
  const digits = String(total).length;
  return `${String(index).padStart(digits)} of ${total}`;
}

/** `3 of 41 OK    model customer_360 ........ [50,000 rows in 1.21s]` */
function nodeLines(event: Extract<RunEvent, { type: 'node-end' }>, options: LineOptions): string[] {
  const { result } = event;
  const [word, style] = statusWords[result.status];
  const what = `${result.kind} ${result.name}`;
  const outcome = [
    result.rows === undefined ? '' : plural(result.rows, 'row'),
    result.failures ? `${count(result.failures)} failing` : '',
    result.status === 'skipped' ? (result.message ?? '') : `${duration(result.seconds)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
  const line = dotted(`${position(event)} ${word.padEnd(5)} ${what}`, `[${outcome}]`, options.width);
  const painted = line.replace(word, () => options.paint(style, word));
  const seen = result.diagnostics.length > 0;
  const details = !seen && result.message && isBad(result) ? [`    ${result.message}`] : [];
  return [painted, ...details];
}

function stepLine(event: StepEnd, options: LineOptions): string {
  const [word, style] = stepWords[event.status];
  const detail = event.detail ? ` ${event.detail}` : '';
  const line = dotted(
    `${position(event)} ${word.padEnd(5)} ${event.name}${detail}`,
    `[${duration(event.seconds)}]`,
    options.width,
  );
  return line.replace(word, () => options.paint(style, word));
}

const stepWords: Readonly<Record<StepEnd['status'], readonly [string, Style]>> = {
  done: ['DONE', 'green'],
  failed: ['FAIL', 'red'],
  skipped: ['SKIP', 'gray'],
};

function dotted(left: string, right: string, width: number): string {
  const dots = Math.min(width, 100) - left.length - right.length - 2;
  return `${left} ${dots > 2 ? '.'.repeat(dots) : '...'} ${right}`;
}

function summaryLines(event: Extract<RunEvent, { type: 'run-end' }>, options: LineOptions): string[] {
  const { paint } = options;
  const tally = tallyOf(event.results);
  const parts = [
    paint(tally.pass > 0 ? 'green' : 'dim', `PASS=${tally.pass}`),
    paint(tally.warn > 0 ? 'yellow' : 'dim', `WARN=${tally.warn}`),
    paint(tally.fail > 0 ? 'red' : 'dim', `FAIL=${tally.fail}`),
    paint('dim', `SKIP=${tally.skip}`),
    paint('dim', `TOTAL=${event.results.length}`),
  ];
  const head = event.interrupted ? paint('yellow', 'Interrupted') : 'Done';
  const lines = [`${head} in ${duration(event.seconds)}: ${parts.join(' ')}`];
  const slowest = slowestOf(event.results);
  if (slowest.length > 0)
    lines.push(
      paint(
        'dim',
        `Slowest: ${slowest.map(({ name, seconds }) => `${name} ${duration(seconds)}`).join(', ')}`,
      ),
    );
  return lines;
}

export interface Tally {
  readonly pass: number;
  readonly warn: number;
  readonly fail: number;
  readonly skip: number;
}

/** Results by outcome; `success`, `pass` and `no-op` pass, `fail` and `error` fail. */
export function tallyOf(results: readonly NodeResult[]): Tally {
  const tally = { pass: 0, warn: 0, fail: 0, skip: 0 };
  for (const { status } of results) {
    if (status === 'warn') tally.warn++;
    else if (status === 'fail' || status === 'error') tally.fail++;
    else if (status === 'skipped') tally.skip++;
    else tally.pass++;
  }
  return tally;
}

/** The three nodes that took longest, slowest first; skipped ones took no time. */
export function slowestOf(results: readonly NodeResult[], take = 3): readonly NodeResult[] {
  return [...results]
    .filter(({ status, seconds }) => status !== 'skipped' && seconds > 0)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, take);
}
