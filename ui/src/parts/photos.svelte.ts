// The photos that are kept decoded around the one on the stage, each with what the desk says of it. The stage draws one
// `<img>` for each, hidden until its turn, so that a swap is a change of visibility.

import type { PhotoView } from '../ipc/desk';

export class HeldPhoto {
  readonly id: string;
  readonly url: string;
  view = $state.raw<PhotoView | null>(null);
  /** Error code of asking for the view. */
  problem = $state<string | null>(null);
  picture = $state<'loading' | 'decoded' | 'broken'>('loading');
  /** Grows with each new attempt to draw it. */
  attempt = $state(0);

  constructor(id: string, url: string) {
    this.id = id;
    this.url = url;
  }
}

export class Photos {
  held = $state.raw<HeldPhoto[]>([]);
  readonly #view: (id: string) => Promise<PhotoView>;
  readonly #url: (id: string) => string;
  readonly #code: (error: unknown) => string;

  constructor(view: (id: string) => Promise<PhotoView>, url: (id: string) => string, code: (error: unknown) => string) {
    this.#view = view;
    this.#url = url;
    this.#code = code;
  }

  get(id: string | null): HeldPhoto | undefined {
    return this.held.find((photo) => photo.id === id);
  }

  /** Keeps just these, asking for what is new in the order given. */
  keep(ids: readonly string[]): void {
    const wanted = [...new Set(ids)];
    const same = wanted.length === this.held.length && this.held.every((photo) => wanted.includes(photo.id));
    if (same) return;
    const stay = this.held.filter((photo) => wanted.includes(photo.id));
    const fresh = wanted.filter((id) => !stay.some((photo) => photo.id === id));
    this.held = [...stay, ...fresh.map((id) => new HeldPhoto(id, this.#url(id)))];
    for (const id of fresh) void this.#ask(id);
  }

  async #ask(id: string): Promise<void> {
    try {
      const view = await this.#view(id);
      const photo = this.get(id);
      if (photo) photo.view = view;
    } catch (error) {
      const photo = this.get(id);
      if (photo) photo.problem = this.#code(error);
    }
  }

  /** Asks and draws again. */
  retry(id: string): void {
    const photo = this.get(id);
    if (!photo) return;
    photo.problem = null;
    photo.picture = 'loading';
    photo.attempt += 1;
    if (!photo.view) void this.#ask(id);
  }
}

/** Whether all that is to be seen of it is there: its words, and its picture unless it can't have one. */
export function isComplete(photo: HeldPhoto | undefined): boolean {
  if (!photo?.view) return false;
  return photo.view.unreadable !== null || photo.picture !== 'loading';
}

/** Whether there is a picture to judge. */
export function isDrawn(photo: HeldPhoto | undefined): boolean {
  return photo?.view?.unreadable === null && photo.picture === 'decoded';
}
