// A long action of this screen: how far it is, and ending it.

import { desk } from '../../ipc/desk';

const ASK_MS = 200;

class UnderWay {
  active = $state(false);
  percent = $state(0);

  /** Runs it and follows it. */
  async run<T>(action: () => Promise<T>): Promise<T> {
    this.active = true;
    this.percent = 0;
    const ask = setInterval(() => void this.#ask(), ASK_MS);
    try {
      return await action();
    } finally {
      clearInterval(ask);
      this.active = false;
    }
  }

  /** What it was doing is refused with the code `cancelled`. */
  cancel(): void {
    if (this.active) desk.cancel().catch(() => undefined);
  }

  async #ask(): Promise<void> {
    const told = await desk.progress().catch(() => null);
    if (told && this.active) this.percent = told.percent;
  }
}

export const underWay = new UnderWay();
