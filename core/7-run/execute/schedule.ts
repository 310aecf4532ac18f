import type { Step } from '../plan/plan.ts';

/** Which steps may start: those whose predecessors have ended well. First in the plan, first out. */
export class Schedule {
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #rank: ReadonlyMap<string, number>;
  readonly #missing = new Map<string, number>();
  readonly #dependents = new Map<string, string[]>();
  readonly #ready: Step[] = [];
  readonly #open = new Set<string>();

  constructor(steps: readonly Step[]) {
    this.#steps = new Map(steps.map((step) => [step.uniqueId, step]));
    this.#rank = new Map(steps.map((step, index) => [step.uniqueId, index]));
    for (const step of steps) {
      const before = [...new Set(step.waitsFor)].filter((id) => this.#steps.has(id));
      this.#open.add(step.uniqueId);
      this.#missing.set(step.uniqueId, before.length);
      for (const id of before) this.#dependents.set(id, [...(this.#dependents.get(id) ?? []), step.uniqueId]);
      if (before.length === 0) this.#ready.push(step);
    }
  }

  /** The next step that may start, taken off the schedule. */
  take(): Step | undefined {
    const step = this.#ready.shift();
    if (step !== undefined) this.#open.delete(step.uniqueId);
    return step;
  }

  succeeded(id: string): void {
    for (const dependent of this.#dependents.get(id) ?? []) {
      const missing = (this.#missing.get(dependent) ?? 0) - 1;
      this.#missing.set(dependent, missing);
      if (missing === 0 && this.#open.has(dependent)) this.#insert(dependent);
    }
  }

  /** Takes everything downstream of a failed step off the schedule and returns it, in plan order. */
  failed(id: string): Step[] {
    const skipped: Step[] = [];
    const queue = [id];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const dependent of this.#dependents.get(at) ?? []) {
        if (!this.#open.delete(dependent)) continue;
        skipped.push(this.#steps.get(dependent) as Step);
        queue.push(dependent);
      }
    }
    return skipped.sort((a, b) => this.#rankOf(a) - this.#rankOf(b));
  }

  /** Takes off everything that has not started. */
  drain(): Step[] {
    const rest = [...this.#open].map((id) => this.#steps.get(id) as Step);
    this.#open.clear();
    this.#ready.length = 0;
    return rest.sort((a, b) => this.#rankOf(a) - this.#rankOf(b));
  }

  #insert(id: string): void {
    const step = this.#steps.get(id) as Step;
    const rank = this.#rankOf(step);
    let low = 0;
    let high = this.#ready.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rankOf(this.#ready[middle] as Step) < rank) low = middle + 1;
      else high = middle;
    }
    this.#ready.splice(low, 0, step);
  }

  #rankOf(step: Step): number {
    return this.#rank.get(step.uniqueId) ?? 0;
  }
}
