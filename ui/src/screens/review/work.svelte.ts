// What a reviewer is doing: the photos in hand, the one in front, and the decision about it. Lives as long as the
// program, so that a look at another screen loses nothing.

import { app } from '../../app.svelte';
import {
  codeOf,
  desk,
  onDeskChanged,
  submissionPhotoUrl,
  type DecisionView,
  type MessageCard,
  type OutboxItem,
  type PhotoView,
  type QueuedPhoto,
  type QueueView,
  type Verdict,
} from '../../ipc/desk';
import { keepDecoded } from '../../parts/decoded';
import { m } from '../../text/text.svelte';
import { secondsUntil } from '../../text/times';
import { Breath } from './breath.svelte';
import { chipsOf, failing, toggled } from './chips';
import { Looking } from './looking.svelte';
import { moved, nearby, stayOrNext, successor } from './order';
import { undoable } from './outbox';
import { paceOf, remembered } from './pace';
import { problemOf, type Problem } from './problem';
import { keyForgotten, keyPressed, photoPainted } from './timing';
import { Views } from './views.svelte';

const TICK_MS = 500;
/** Urgency and hours change with the time of day, without any event. */
const REFRESH_MS = 60_000;

interface Draft {
  chosen: string[];
  note: string;
}

class Work {
  queue = $state.raw<QueueView | null>(null);
  current = $state<string | null>(null);
  rejectMode = $state(false);
  chosen = $state.raw<string[]>([]);
  note = $state('');
  preview = $state.raw<MessageCard | null>(null);
  /** What went wrong last, until it is read or something succeeds. */
  problem = $state.raw<Problem | null>(null);
  outboxOpen = $state(false);
  now_ms = $state(Date.now());
  /** For the live region. */
  announcement = $state('');
  #painted = $state(false);
  #broken = $state(false);
  #busy = $state(false);
  readonly looking = new Looking();
  readonly breath = new Breath();
  #views = new Views();
  #drafts = new Map<string, Draft>();
  #decided_ms = $state.raw<number[]>([]);
  #owner: string | null = null;
  /** Counts what happened here, so that an answer from before it is not taken for the truth. */
  #generation = 0;
  #asking: Promise<void> | null = null;
  #askAgain = false;

  readonly item = $derived<QueuedPhoto | null>(
    this.queue?.photos.find((photo) => photo.submission === this.current) ?? null,
  );
  readonly photo = $derived<PhotoView | null>(this.#views.get(this.current));
  readonly chips = $derived(chipsOf(app.reasons, this.photo?.suggested ?? [], this.chosen));
  readonly pace_ms = $derived(paceOf(this.#decided_ms));
  readonly rejecting = $derived(this.rejectMode || this.chosen.length > 0 || this.note.trim() !== '');
  readonly lastHeld = $derived<OutboxItem | null>(undoable(this.queue?.outbox ?? [], this.now_ms));
  /** Nothing of it can be seen: it can be rejected, but not pass. */
  readonly unseeable = $derived(this.photo !== null && (!!this.photo.unreadable || this.#broken));
  readonly decidable = $derived(
    this.photo !== null && !this.#busy && this.breath.each_ms === null && (this.#painted || this.unseeable),
  );
  /** Absent where the bytes show nothing; a photo of an unknown standard is shown unjudged. */
  readonly src = $derived(
    this.photo?.submission === this.current && (this.photo.report || this.photo.unreadable === 'unknown_profile')
      ? submissionPhotoUrl(this.photo.submission)
      : null,
  );

  /** Begins to work. Answers how to stop. */
  begin(): () => void {
    const owner = app.session?.account?.id ?? null;
    if (owner !== this.#owner) this.#forget(owner);
    void this.refresh();
    const stop = onDeskChanged(() => void this.refresh());
    const tick = setInterval(() => (this.now_ms = Date.now()), TICK_MS);
    const again = setInterval(() => void this.refresh(), REFRESH_MS);
    return () => {
      stop();
      clearInterval(tick);
      clearInterval(again);
    };
  }

  #forget(owner: string | null): void {
    this.#owner = owner;
    this.#generation += 1;
    this.queue = null;
    this.#views.forget();
    this.#drafts.clear();
    this.breath.forget();
    this.problem = null;
    this.#bring(null);
    void keepDecoded([]);
  }

  /** Asks for the queue, one question at a time. Resolves when what is shown is no older than the call. */
  refresh(): Promise<void> {
    this.#askAgain = true;
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<void> {
    try {
      while (this.#askAgain) {
        this.#askAgain = false;
        const generation = this.#generation;
        const queue = await desk.queue();
        if (generation === this.#generation) this.#take(queue);
        else this.#askAgain = true;
      }
    } catch (error) {
      this.#askAgain = false;
      if (codeOf(error) === 'not_signed_in') void app.refresh();
      else this.problem = problemOf(error);
    }
  }

  #take(queue: QueueView): void {
    const before = this.queue?.photos ?? [];
    this.queue = queue;
    this.now_ms = Date.now();
    const next = stayOrNext(before, queue.photos, this.current);
    if (next !== this.current) this.#bring(next);
    else this.#lookAhead();
  }

  /** Brings a photo to the front. */
  #bring(submission: string | null): void {
    const left = this.current;
    if (left && this.queue?.photos.some((photo) => photo.submission === left)) {
      this.#drafts.set(left, { chosen: this.chosen, note: this.note });
    }
    const draft = (submission && this.#drafts.get(submission)) || null;
    this.current = submission;
    this.#painted = false;
    this.#broken = false;
    this.rejectMode = false;
    this.chosen = draft?.chosen ?? [];
    this.note = draft?.note ?? '';
    this.preview = null;
    this.looking.startOver();
    if (!this.item?.ready || this.photo?.unreadable) keyForgotten();
    this.#lookAhead();
    void this.#askPreview();
  }

  /** Fetches checks and pixels of what is near. */
  #lookAhead(): void {
    const near = nearby(this.queue?.photos ?? [], this.current);
    for (const photo of near) void this.#load(photo.submission);
    this.#decodeAhead();
  }

  #decodeAhead(): void {
    const near = nearby(this.queue?.photos ?? [], this.current);
    const readable = near.filter((photo) => this.#views.get(photo.submission)?.report);
    const last = this.lastHeld?.submission;
    const kept = [...readable.map((photo) => photo.submission), ...(last ? [last] : [])];
    void keepDecoded(kept.map(submissionPhotoUrl));
  }

  async #load(submission: string): Promise<void> {
    try {
      if (!(await this.#views.load(submission))) return;
      this.#decodeAhead();
      if (submission === this.current) void this.#askPreview();
    } catch (error) {
      const { code } = problemOf(error);
      if (submission === this.current && code !== 'not_ready' && code !== 'not_in_hand') this.problem = problemOf(error);
    }
  }

  painted(submission: string): void {
    if (submission !== this.current) return;
    this.#painted = true;
    photoPainted();
  }

  broken(submission: string): void {
    if (submission !== this.current) return;
    this.#broken = true;
    keyForgotten();
    void this.#askPreview();
  }

  move(by: 1 | -1): void {
    const next = moved(this.queue?.photos ?? [], this.current, by);
    if (next !== this.current) this.goTo(next);
  }

  /** Brings a chosen photo to the front. */
  goTo(submission: string | null): void {
    if (this.#busy || submission === this.current) return;
    keyPressed();
    this.#bring(submission);
  }

  async pass(): Promise<void> {
    const { current } = this;
    if (!current || !this.decidable) return;
    if (this.rejecting) {
      this.problem = { code: 'reasons_chosen', facts: {} };
    } else if (this.unseeable) {
      this.problem = { code: 'unreadable_photo', facts: {} };
    } else {
      await this.#decide('pass', [], () => desk.passPhoto(current, null));
    }
  }

  /** Enters the reject mode, with what certainly fails chosen already. */
  reject(): void {
    if (!this.photo || !this.decidable) return;
    this.problem = null;
    if (this.chosen.length === 0) this.chosen = failing(this.photo);
    this.rejectMode = true;
    void this.#askPreview();
  }

  async send(): Promise<void> {
    const { current, chosen, note } = this;
    if (!current || !this.decidable || !this.rejecting) return;
    if (chosen.length === 0) this.problem = { code: 'no_reason', facts: {} };
    else await this.#decide('reject', chosen, () => desk.rejectPhoto(current, [...chosen], note.trim(), null));
  }

  /** Leaves what is open, one thing at a time. */
  leave(): void {
    if (this.problem) this.problem = null;
    else if (this.outboxOpen) this.outboxOpen = false;
    else if (this.rejecting) {
      this.rejectMode = false;
      this.chosen = [];
      this.note = '';
      void this.#askPreview();
    } else this.looking.leave();
  }

  toggle(code: string): void {
    if (!this.decidable) return;
    this.problem = null;
    this.chosen = toggled(this.chosen, code);
    void this.#askPreview();
  }

  toggleKey(index: number): void {
    const chip = this.chips[index];
    if (chip?.key) this.toggle(chip.reason.code);
  }

  setNote(note: string): void {
    this.note = note;
    void this.#askPreview();
  }

  async #decide(verdict: Verdict, reasons: string[], ask: () => Promise<DecisionView>): Promise<void> {
    keyPressed();
    this.#busy = true;
    this.problem = null;
    const { item } = this;
    const note = this.note.trim();
    try {
      const decision = await ask();
      this.#generation += 1;
      if (item && this.queue) this.#decided(this.queue, item, decision, reasons, note);
      this.#announce(verdict, item?.masked_name ?? '', secondsUntil(decision.held_until, Date.now()));
    } catch (error) {
      keyForgotten();
      this.problem = problemOf(error);
    } finally {
      this.#busy = false;
    }
    void this.refresh();
  }

  #announce(decided: Verdict, name: string, seconds: number): void {
    const verdict = decided === 'pass' ? m.common_verdict_pass() : m.common_verdict_reject();
    this.announcement =
      seconds > 0 ? m.review_announce_decided({ verdict, name, seconds }) : m.review_announce_final({ verdict, name });
  }

  /** The next photo shows before the desk is asked again. */
  #decided(queue: QueueView, item: QueuedPhoto, decision: DecisionView, reasons: string[], note: string): void {
    const index = queue.photos.indexOf(item);
    const photos = queue.photos.filter((photo) => photo !== item);
    const sent: OutboxItem = {
      decision: decision.decision,
      submission: decision.submission,
      masked_name: item.masked_name,
      verdict: decision.verdict,
      reasons,
      note,
      decided_at: new Date().toISOString(),
      held_until: decision.held_until,
      attempts: 0,
    };
    this.now_ms = Date.now();
    this.#decided_ms = remembered(this.#decided_ms, this.now_ms);
    this.breath.decided(this.now_ms, app.settings.breath_ms);
    this.queue = {
      ...queue,
      photos,
      outbox: [sent, ...queue.outbox],
      decided_today: queue.decided_today + 1,
    };
    this.#drafts.delete(decision.submission);
    this.#bring(successor(photos, index));
  }

  async undo(item: OutboxItem | null = this.lastHeld): Promise<void> {
    if (!item || this.#busy) return;
    keyPressed();
    this.#busy = true;
    this.problem = null;
    try {
      const submission = await desk.undoDecision(item.decision);
      this.#generation += 1;
      this.#drafts.set(submission, { chosen: [...item.reasons], note: item.note });
      this.breath.forget();
      this.announcement = m.review_announce_undone({ name: item.masked_name });
      await this.refresh();
      if (this.queue?.photos.some((photo) => photo.submission === submission)) this.#bring(submission);
    } catch (error) {
      keyForgotten();
      this.problem = problemOf(error);
      void this.refresh();
    } finally {
      this.#busy = false;
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

  /** Asks for the very words that the student would get. */
  async #askPreview(): Promise<void> {
    const { current, chosen, note } = this;
    if (!current || !this.photo) return;
    const reject = this.rejecting;
    if (reject ? chosen.length === 0 : this.unseeable) {
      this.preview = null;
      return;
    }
    const asked = [current, chosen, note, reject];
    try {
      const card = await desk.previewMessage(current, reject ? 'reject' : 'pass', [...chosen], reject ? note.trim() : '');
      const still = [this.current, this.chosen, this.note, this.rejecting];
      if (asked.every((one, at) => one === still[at])) this.preview = card;
    } catch {
      this.preview = null;
    }
  }
}

export const work = new Work();
