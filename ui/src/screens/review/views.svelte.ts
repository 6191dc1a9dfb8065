// What the desk told of photos, kept while it may be needed again.

import { desk, type PhotoView } from '../../ipc/desk';

/** Many more than stand ready ahead: an undone photo is there at once. */
const KEPT = 60;

export class Views {
  #all = $state.raw<ReadonlyMap<string, PhotoView>>(new Map());
  #loading = new Set<string>();
  /** Counts how often all were forgotten. */
  #era = 0;

  get(submission: string | null): PhotoView | null {
    return (submission && this.#all.get(submission)) || null;
  }

  /**
   * Asks for one that is not here, or that was told when it was not yet known of so many that they are the same shot.
   * Answers whether it came now; throws what the desk throws.
   */
  async load(submission: string, same_shots: number | null): Promise<boolean> {
    const known = this.#all.get(submission);
    const current = known && (known.same_shots?.length ?? null) === same_shots;
    if (current || this.#loading.has(submission)) return false;
    const era = this.#era;
    this.#loading.add(submission);
    try {
      const view = await desk.photo(submission);
      if (era !== this.#era) return false;
      this.#all = new Map([...[...this.#all].slice(-KEPT + 1), [submission, view]]);
      return true;
    } finally {
      if (era === this.#era) this.#loading.delete(submission);
    }
  }

  forget(): void {
    this.#era += 1;
    this.#all = new Map();
    this.#loading.clear();
  }
}
