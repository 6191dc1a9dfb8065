// What a reviewer is doing: the photos in hand, the one in front, and the decision about it. Lives as long as the
// program, so that a look at another screen loses nothing.

import { app } from '../../app.svelte';
import {
  desk,
  type DecisionView,
  type AsideKind,
  type OutboxItem,
  type QueuedPhoto,
  type QueueView,
  type Verdict,
} from '../../ipc/desk';
import { calm } from '../../parts/calm';
import { m } from '../../text/text.svelte';
import { decidedWords, verdictWord } from './announce';
import { failing, toggled } from './chips';
import { Hand } from './hand.svelte';
import { closedProblem } from './hours';
import { WIDE } from './lanes';
import { successor } from './order';
import { heldItem } from './outbox';
import { remembered } from './pace';
import { problemOf } from './problem';
import { keyForgotten, keyPressed } from './timing';

class Work extends Hand {
  /** Whether a decision can be begun; says why not where it is for the hour. */
  #mayDecide(): boolean {
    if (!this.decidable) return false;
    if (this.closed) this.problem = closedProblem(this.queue?.hours, this.now_ms);
    return !this.closed;
  }

  /** Where the machine's opinion is hidden, the first key only shows it, and is remembered. */
  #firstChoice(verdict: Verdict): boolean {
    const { current, photo } = this;
    if (!current || !photo?.blind || this.unseeable) return false;
    const now_ms = performance.now();
    if (!this.hidden) return this.sight.justShown(now_ms);
    this.sight.choose(current, verdict, now_ms);
    this.problem = null;
    this.announcement = m.review_blind_chosen({ verdict: verdictWord(verdict) });
    return true;
  }

  async pass(): Promise<void> {
    const { current } = this;
    if (!current || !this.#mayDecide()) return;
    if (this.rejecting) {
      this.problem = { code: 'reasons_chosen', facts: {} };
    } else if (this.unseeable) {
      this.problem = { code: 'unreadable_photo', facts: {} };
    } else {
      if (this.#firstChoice('pass')) return;
      const look = this.sight.look(current, performance.now());
      await this.#decide([], () => desk.passPhoto(current, look));
    }
  }

  /** Enters the reject mode, with what certainly fails chosen already. */
  reject(): void {
    if (!this.photo || !this.#mayDecide() || this.#firstChoice('reject')) return;
    this.problem = null;
    if (this.chosen.length === 0) this.chosen = failing(this.photo);
    this.rejectMode = true;
    this.askPreview();
  }

  async send(): Promise<void> {
    const { current, chosen, note } = this;
    if (!current || !this.rejecting || !this.#mayDecide() || this.#firstChoice('reject')) return;
    if (chosen.length === 0) {
      this.problem = { code: 'no_reason', facts: {} };
      return;
    }
    const look = this.sight.look(current, performance.now());
    await this.#decide(chosen, () => desk.rejectPhoto(current, [...chosen], note.trim(), look));
  }

  /** Leaves what is open, one thing at a time. */
  leave(): void {
    if (this.problem) this.problem = null;
    else if (this.outboxOpen) this.outboxOpen = false;
    else if (this.rejecting) {
      this.rejectMode = false;
      this.chosen = [];
      this.note = '';
      this.askPreview();
    } else if (!this.looking.leave() && this.shown.length === 0) this.narrowTo(WIDE);
  }

  toggle(code: string): void {
    if (this.hidden || !this.#mayDecide()) return;
    this.problem = null;
    this.chosen = toggled(this.chosen, code);
    this.askPreview();
  }

  toggleKey(index: number): void {
    const chip = this.chips[index];
    if (chip?.key) this.toggle(chip.reason.code);
  }

  setNote(note: string): void {
    this.note = note;
    this.askPreview();
  }

  async #decide(reasons: string[], ask: () => Promise<DecisionView>): Promise<void> {
    keyPressed();
    calm.begin();
    this.busy = true;
    this.problem = null;
    const { item } = this;
    const note = this.note.trim();
    try {
      const decision = await ask();
      this.generation += 1;
      if (item && this.queue) this.#decided(this.queue, item, decision, reasons, note);
      const decided = decidedWords(decision, item?.masked_name ?? '', Date.now());
      this.announcement = [decided, this.sameShotWords()].filter(Boolean).join(' · ');
    } catch (error) {
      keyForgotten();
      calm.end();
      this.problem = problemOf(error);
    } finally {
      this.busy = false;
    }
    calm.after(this.refreshNow);
  }

  /** The next photo shows before the desk is asked again. */
  #decided(queue: QueueView, item: QueuedPhoto, decision: DecisionView, reasons: string[], note: string): void {
    this.now_ms = Date.now();
    this.decided_ms = remembered(this.decided_ms, this.now_ms);
    this.breath.decided(this.now_ms, app.settings.breath_ms);
    // The queue may have come since with the decision in it.
    if (queue.outbox.every((held) => held.decision !== decision.decision)) {
      this.queue = {
        ...queue,
        outbox: [heldItem(item, decision, reasons, note, this.now_ms), ...queue.outbox],
        decided_today: queue.decided_today + 1,
      };
    }
    this.#leave(decision.submission);
  }

  /** It is in hand no longer: what comes next takes its place. */
  #leave(submission: string): void {
    if (!this.queue) return;
    const index = this.shown.findIndex((photo) => photo.submission === submission);
    this.queue = { ...this.queue, photos: this.queue.photos.filter((photo) => photo.submission !== submission) };
    this.drafts.delete(submission);
    if (submission === this.current) this.bring(successor(this.shown, index));
  }

  /** Gives it back with a few words, undecided. Throws a DeskError. */
  async setAside(submission: string, kind: AsideKind, note: string): Promise<void> {
    const name = this.queue?.photos.find((photo) => photo.submission === submission)?.masked_name ?? '';
    await desk.setAside(submission, kind, note.trim());
    this.generation += 1;
    this.problem = null;
    this.breath.forget();
    this.#leave(submission);
    this.announcement = kind === 'skip' ? m.review_announce_skipped({ name }) : m.review_announce_asked({ name });
    void this.refresh();
  }

  async undo(item: OutboxItem | null = this.lastHeld): Promise<void> {
    if (!item || this.busy) return;
    keyPressed();
    this.busy = true;
    this.problem = null;
    try {
      const submission = await desk.undoDecision(item.decision);
      this.generation += 1;
      this.drafts.set(submission, { chosen: [...item.reasons], note: item.note });
      this.breath.forget();
      this.announcement = m.review_announce_undone({ name: item.masked_name });
      await this.refresh();
      const back = this.queue?.photos.find((photo) => photo.submission === submission);
      if (back && !this.shown.includes(back)) this.narrow = WIDE;
      if (back) this.bring(submission);
    } catch (error) {
      keyForgotten();
      this.problem = problemOf(error);
      void this.refresh();
    } finally {
      this.busy = false;
    }
  }

  async acknowledge(): Promise<void> {
    const refused = this.queue?.refused[0];
    if (!refused) return;
    try {
      await desk.acknowledgeRefusal(refused.decision);
    } catch (error) {
      this.problem = problemOf(error);
    }
    void this.refresh();
  }

  async signOut(): Promise<void> {
    try {
      await app.signOut();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }
}

export const work = new Work();
