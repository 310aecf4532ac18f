import type { CliEvent } from '../render/events.ts';

export interface RunningNode {
  readonly key: string;
  readonly label: string;
  readonly since: number;
}

export interface FinishedLine {
  readonly id: number;
  readonly text: string;
}

/** What the live view draws: a fold over the events, without any drawing. */
export class LiveModel {
  readonly finished: FinishedLine[] = [];
  total = 0;
  done = 0;
  tally = { pass: 0, warn: 0, fail: 0 };
  readonly #running = new Map<string, RunningNode>();

  constructor(readonly width: number) {}

  get running(): readonly RunningNode[] {
    return [...this.#running.values()];
  }

  add(event: CliEvent, lines: readonly string[]): void {
    for (const text of lines) this.finished.push({ id: this.finished.length, text });
    switch (event.type) {
      case 'run-start':
        this.total = event.total;
        this.done = 0;
        this.tally = { pass: 0, warn: 0, fail: 0 };
        return;
      case 'node-start':
        this.#start(event.uniqueId, `${event.kind} ${event.name}`);
        return;
      case 'node-end':
        this.#running.delete(event.result.uniqueId);
        this.done++;
        this.#count(event.result.status);
        return;
      case 'run-end':
        this.total = 0;
        return;
      case 'step-start':
        this.#start(`step ${event.name}`, event.name);
        return;
      case 'step-end':
        this.#running.delete(`step ${event.name}`);
        return;
      default:
    }
  }

  /** Nothing runs any more: the last frame shows finished lines only. */
  stop(): void {
    this.#running.clear();
    this.total = 0;
  }

  #start(key: string, label: string): void {
    this.#running.set(key, { key, label, since: Date.now() });
  }

  #count(status: string): void {
    if (status === 'warn') this.tally.warn++;
    else if (status === 'fail' || status === 'error') this.tally.fail++;
    else if (status !== 'skipped') this.tally.pass++;
  }
}
