// What can wait: nothing comes between a key and the photo that it brings.

/** Longer than this nothing waits, painted or not. */
const LONGEST_MS = 200;
/** About a frame: what waited is not all done in the same one. */
const APART_MS = 16;

export class Calm {
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #doing = false;

  /** A photo is on its way to the screen. */
  begin(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), LONGEST_MS);
  }

  /** It is there, or none is coming. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#doing) this.#doNext();
  }

  #doNext(): void {
    const [what] = this.#waiting;
    this.#doing = what !== undefined && this.#timer === null;
    if (!what || !this.#doing) return;
    this.#waiting.delete(what);
    setTimeout(() => this.#doNext(), APART_MS);
    what();
  }

  /** Does it when no photo is on its way, after what waits already. What is asked for twice until then is done once. */
  after(what: () => void): void {
    if (this.#timer === null && !this.#doing) what();
    else this.#waiting.add(what);
  }
}

/** Of the whole window. */
export const calm = new Calm();
