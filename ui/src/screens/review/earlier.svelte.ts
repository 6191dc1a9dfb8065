// The lives of students whose photo was in front, kept while they may be needed again.

import { codeOf, desk, type LifeView, type PhotoView } from '../../ipc/desk';

const KEPT = 40;

export interface Told {
  life: LifeView | null;
  /** Code of what kept it from being told. */
  failed: string | null;
  /** Reports of the attempts that this desk still has, by submission: where their eyes are. */
  photos: Readonly<Record<string, PhotoView>>;
}

export class Earlier {
  #all = $state.raw<ReadonlyMap<string, Told>>(new Map());
  #loading = new Set<string>();
  #era = 0;

  of(submission: string | null): Told | null {
    return (submission && this.#all.get(submission)) || null;
  }

  /** Asks for what is not here, or could not be told before. */
  async load(submission: string): Promise<void> {
    if (this.#all.get(submission)?.life || this.#loading.has(submission)) return;
    const era = this.#era;
    this.#loading.add(submission);
    const told = await this.#ask(submission);
    if (era !== this.#era) return;
    this.#loading.delete(submission);
    this.#all = new Map([...[...this.#all].slice(-KEPT + 1), [submission, told]]);
  }

  async #ask(submission: string): Promise<Told> {
    try {
      const life = await desk.life(submission);
      const before = life.attempts.filter((attempt) => attempt.submission !== submission);
      const found = await Promise.all(before.map((attempt) => desk.photo(attempt.submission).catch(() => null)));
      const photos = Object.fromEntries(found.flatMap((photo) => (photo ? [[photo.submission, photo]] : [])));
      return { life, failed: null, photos };
    } catch (error) {
      return { life: null, failed: codeOf(error), photos: {} };
    }
  }

  forget(): void {
    this.#era += 1;
    this.#all = new Map();
    this.#loading.clear();
  }
}
