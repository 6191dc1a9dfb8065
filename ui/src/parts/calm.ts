// What can wait: nothing comes between a key and the photo that it brings.

/** Longer than this nothing waits, painted or not. */
const LONGEST_MS = 200;

export class Calm {
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** A photo is on its way to the screen. */
  begin(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), LONGEST_MS);
  }

  /** It is there, or none is coming. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const what of waiting) what();
  }

  /** Does it when no photo is on its way. What is asked for twice until then is done once. */
  then(what: () => void): void {
    if (this.#timer === null) what();
    else this.#waiting.add(what);
  }
}

/** Of the whole window. */
export const calm = new Calm();
