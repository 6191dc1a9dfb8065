// A streak of decisions that nobody can have looked at asks for a breath.

import { tooFast } from './streak';

/** So long a breath lasts at least: the keys of the streak itself don't end it. */
const LASTS_MS = 700;
const REMEMBERED = 8;

export class Breath {
  /** Milliseconds a photo of the streak; `null`: go on. */
  each_ms = $state<number | null>(null);
  #decided_ms: number[] = [];
  #began_ms = 0;

  decided(now_ms: number, floor_ms: number): void {
    this.#decided_ms = [...this.#decided_ms, now_ms].slice(-REMEMBERED);
    this.each_ms = tooFast(this.#decided_ms, floor_ms);
    if (this.each_ms === null) return;
    this.#decided_ms = [];
    this.#began_ms = now_ms;
  }

  goOn(now_ms: number): void {
    if (now_ms - this.#began_ms >= LASTS_MS) this.each_ms = null;
  }

  /** Whatever was done, it was not a streak. */
  forget(): void {
    this.#decided_ms = [];
    this.each_ms = null;
  }
}
