// Where one is, kept by the desk: after a crash the same photo is in front, with what was half made of it.

import { desk, type PlaceView } from '../../ipc/desk';

/** A rejection that is half made. */
export interface Draft {
  chosen: string[];
  note: string;
}

export class Place {
  /** As the desk told it, until the work has begun there. */
  #told: PlaceView | null = null;
  #loading: Promise<void> | null = null;
  /** What was kept last; `null`: nobody has begun to work, and what is kept stays. */
  #kept: string | null = null;

  load(): Promise<void> {
    this.#loading ??= desk.place().then(
      (told) => void (this.#told = told),
      // Without it the work begins at the first photo.
      () => undefined,
    );
    return this.#loading;
  }

  /** Where the work is to begin; once. */
  take(): PlaceView | null {
    const told = this.#told;
    this.#told = null;
    this.#kept ??= '';
    return told;
  }

  /** Only what is `held` is kept, and only where it is other than before. */
  keep(submission: string, drafts: ReadonlyMap<string, Draft>, held: readonly string[]): void {
    if (this.#kept === null) return;
    const made = [...drafts].filter(([id, { chosen, note }]) => held.includes(id) && (chosen.length > 0 || note.trim() !== ''));
    const place: PlaceView = {
      submission,
      drafts: made.map(([id, { chosen, note }]) => ({ submission: id, reasons: [...chosen], note })),
    };
    const text = JSON.stringify(place);
    if (text === this.#kept) return;
    this.#kept = text;
    // Where it can't be kept, a crash costs a few keystrokes.
    desk.keepPlace(place).catch(() => undefined);
  }

  forget(): void {
    this.#told = null;
    this.#loading = null;
    this.#kept = null;
  }
}
