// What was sent is being corrected: the decision it is about, the one that takes its place, and the student's message.

import { desk, DeskError, type AttemptView, type MessageCard, type PastDecision, type Verdict } from '../../ipc/desk';
import { toggled } from '../review/chips';

export class Correcting {
  /** The attempt with the decision; `null`: on its way, or refused. */
  attempt = $state.raw<AttemptView | null>(null);
  old = $state.raw<PastDecision | null>(null);
  verdict = $state<Verdict>('pass');
  chosen = $state.raw<readonly string[]>([]);
  note = $state('');
  preview = $state.raw<MessageCard | null>(null);
  busy = $state(false);
  failed = $state<unknown>(null);
  #asked = 0;

  readonly reasons = $derived(this.verdict === 'reject' ? [...this.chosen] : []);

  /** Looks up the decision that holds now. What was corrected meanwhile is said to be. */
  async begin(submission: string, decision: string): Promise<void> {
    try {
      const life = await desk.life(submission);
      const attempt = life.attempts.find((one) => one.submission === submission) ?? null;
      const old = attempt?.decisions.find((one) => one.decision === decision) ?? null;
      this.attempt = attempt;
      this.old = old;
      this.verdict = old?.verdict === 'pass' ? 'reject' : 'pass';
      this.chosen = old?.reasons ?? [];
      if (attempt && old && !old.correctable) this.failed = new DeskError(tooLate(attempt, old));
      void this.ask();
    } catch (error) {
      this.failed = error;
    }
  }

  get open(): boolean {
    return this.old?.correctable === true && !this.busy;
  }

  choose(verdict: Verdict): void {
    if (!this.open) return;
    this.verdict = verdict;
    this.failed = null;
    void this.ask();
  }

  toggle(code: string): void {
    if (!this.open) return;
    this.chosen = toggled(this.chosen, code);
    this.failed = null;
    void this.ask();
  }

  write(note: string): void {
    this.note = note;
    this.failed = null;
    void this.ask();
  }

  /** The very words that the student would get. */
  async ask(): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const { old, verdict, reasons, note } = this;
    const whole = old?.correctable && (verdict === 'pass' || reasons.length > 0);
    const card = whole ? await desk.previewCorrection(old.decision, verdict, reasons, note).catch(() => null) : null;
    if (mine === this.#asked) this.preview = card;
  }

  /** Whether it holds. Where it does not, `failed` says why. */
  async send(): Promise<boolean> {
    const { old, verdict, reasons, note } = this;
    if (!old || !this.open) return false;
    this.busy = true;
    this.failed = null;
    try {
      await desk.correctDecision(old.decision, verdict, reasons, note);
      return true;
    } catch (error) {
      this.failed = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** Code of why a decision can't be corrected any more. */
export function tooLate(attempt: AttemptView, old: PastDecision): string {
  if (attempt.decisions.some((one) => one.corrects === old.decision)) return 'already_corrected';
  const open = attempt.state === 'rejected' || attempt.state === 'standardising';
  if (!open) return 'past_correction';
  return attempt.decisions.some((one) => one.correctable) ? 'already_corrected' : 'not_correctable';
}
