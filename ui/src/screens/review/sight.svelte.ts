// Since when the photo in front is wholly on the screen, and what was chosen before the machine's opinion was seen.

import type { Look, PhotoView, Verdict } from '../../ipc/desk';

/** So soon after the machine's opinion appeared nobody can have read it: the same key again was a slip. */
const READ_MS = 400;

/** The photo and its face, but nothing of what the checks say. */
export function withoutOpinion(photo: PhotoView | null): PhotoView | null {
  const report = photo?.report ? { ...photo.report, checks: [] } : null;
  return photo && { ...photo, report, suggested: [], same_shots: [] };
}

export class Sight {
  #since_ms: number | null = null;
  #shown_ms = Number.NEGATIVE_INFINITY;
  /** First choices, by submission. They outlive the decision: what was taken back was seen all the same. */
  #first = $state.raw<ReadonlyMap<string, Verdict>>(new Map());

  painted(now_ms: number): void {
    this.#since_ms = now_ms;
  }

  /** Another photo is in front, not painted yet. */
  next(): void {
    this.#since_ms = null;
  }

  first(submission: string | null): Verdict | null {
    return (submission && this.#first.get(submission)) || null;
  }

  /** What was chosen unaided. The machine's opinion is shown from now on. */
  choose(submission: string, verdict: Verdict, now_ms: number): void {
    this.#first = new Map([...this.#first, [submission, verdict]]);
    this.#shown_ms = now_ms;
  }

  /** The machine's opinion was not there long enough to be read. */
  justShown(now_ms: number): boolean {
    return now_ms - this.#shown_ms < READ_MS;
  }

  /** How a decision that is made now was come to; `null`: nothing was on the screen. */
  look(submission: string, now_ms: number): Look | null {
    if (this.#since_ms === null) return null;
    return { shown_ms: Math.max(0, Math.round(now_ms - this.#since_ms)), blind_first: this.first(submission) };
  }

  forget(): void {
    this.#first = new Map();
    this.#since_ms = null;
    this.#shown_ms = Number.NEGATIVE_INFINITY;
  }
}
