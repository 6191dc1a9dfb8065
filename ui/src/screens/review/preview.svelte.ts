// The very words that the student would get, as the desk words them.

import { desk, type MessageCard, type Verdict } from '../../ipc/desk';

export class Preview {
  card = $state.raw<MessageCard | null>(null);
  /** Counts the questions, so that a late answer to an earlier one is dropped. */
  #asked = 0;
  #verdict: Verdict | null = null;

  clear(): void {
    this.#asked += 1;
    this.card = null;
  }

  async ask(submission: string, verdict: Verdict, reasons: readonly string[], note: string): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    // The words of the other verdict must not stand there, not even for a moment.
    if (verdict !== this.#verdict) this.card = null;
    this.#verdict = verdict;
    const card = await desk.previewMessage(submission, verdict, [...reasons], note).catch(() => null);
    if (mine === this.#asked) this.card = card;
  }
}
