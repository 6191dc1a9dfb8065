// The review screen's state: which photo is wanted, which one is shown, what is chosen, and the one way in which a
// decision is made.

import { tick } from 'svelte';
import { state as shared } from '../../desk.svelte';
import {
  codeOf,
  desk,
  submissionPhotoUrl,
  type Check,
  type DecisionId,
  type MessageCard,
  type OutboxItem,
  type QueuedPhoto,
  type ReasonCode,
  type SubmissionId,
  type Verdict,
} from '../../ipc/desk';
import { inOrder, openChecks } from '../../parts/checks';
import { now } from '../../parts/clock.svelte';
import { secondsLeft } from '../../parts/countdown';
import { afterPaint, markKey, measurePhoto } from '../../parts/painting';
import { isComplete, isDrawn, Photos } from '../../parts/photos.svelte';
import type { Zoom } from '../../parts/zoom';
import { chipsOf, chosenOnReject, toggled } from './reasons';
import { after, beside, toPrefetch } from './walk';

/** Longer than a decoded photo needs to show: then the old one makes room for "preparing". */
const PATIENCE_MS = 200;

export type Notice =
  | { kind: 'passed' | 'rejected' | 'undone'; name: string }
  | { kind: 'error'; code: string };

export class Review {
  readonly photos = new Photos((id) => desk.photo(id), submissionPhotoUrl, codeOf);

  /** The photo that is wanted on the stage, and the one that is. They differ for a moment only. */
  wantedId = $state<SubmissionId | null>(null);
  shownId = $state<SubmissionId | null>(null);
  painted = $state(false);

  rejecting = $state(false);
  chosen = $state.raw<ReasonCode[]>([]);
  note = $state('');
  preview = $state.raw<MessageCard | null>(null);

  busy = $state(false);
  notice = $state.raw<Notice | null>(null);

  checkCode = $state<string | null>(null);
  guides = $state(true);
  passesOpen = $state(false);
  zoom = $state.raw<Zoom>({ kind: 'fit' });

  decidedAtMs = $state.raw<number[]>([]);
  /** Decided here, but perhaps still in a queue that was asked for before. */
  #gone = $state.raw<SubmissionId[]>([]);
  #previewAsked = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  readonly inHand: QueuedPhoto[] = $derived.by(() =>
    (shared.queue?.photos ?? []).filter((photo) => !this.#gone.includes(photo.submission)),
  );
  readonly shown = $derived(this.photos.get(this.shownId));
  readonly view = $derived(this.shown?.view ?? null);
  readonly queued = $derived(this.inHand.find((photo) => photo.submission === this.wantedId) ?? null);
  readonly suggested: ReasonCode[] = $derived(this.view?.suggested ?? []);
  readonly chips: ReasonCode[] = $derived(chipsOf(this.suggested, this.chosen));
  readonly checks: Check[] = $derived(this.view?.report ? inOrder(this.view.report.checks) : []);
  readonly check = $derived(this.checks.find((check) => check.code === this.checkCode) ?? null);
  readonly outbox: OutboxItem[] = $derived(shared.queue?.outbox ?? []);
  /** The newest decision that can still be undone. */
  readonly undoable: OutboxItem | null = $derived(
    this.outbox.find((item) => secondsLeft(item.held_until, now()) > 0) ?? null,
  );
  readonly settled = $derived(
    !this.busy && this.shownId !== null && this.shownId === this.wantedId && this.queued !== null && this.painted,
  );
  readonly canPass = $derived(this.settled && isDrawn(this.shown));
  readonly canReject = $derived(this.settled && isComplete(this.shown));

  /** Follows the queue: keeps the photo that is looked at, and finds another where it has gone. */
  follow(): void {
    const ids = new Set((shared.queue?.photos ?? []).map((photo) => photo.submission));
    if (this.#gone.some((id) => !ids.has(id))) this.#gone = this.#gone.filter((id) => ids.has(id));
    if (this.busy) return;
    const known = this.inHand.some((photo) => photo.submission === this.wantedId);
    if (!known) this.want(this.inHand.find((photo) => photo.ready)?.submission ?? this.inHand[0]?.submission ?? null);
    this.prefetch();
  }

  prefetch(): void {
    const ids = toPrefetch(this.inHand, this.wantedId);
    this.photos.keep(this.shownId === null || ids.includes(this.shownId) ? ids : [this.shownId, ...ids]);
    this.swap();
  }

  want(id: SubmissionId | null): void {
    clearTimeout(this.#patience);
    this.wantedId = id;
    if (id === null) {
      this.#show(null);
      return;
    }
    this.prefetch();
    if (this.shownId !== id) {
      this.#patience = setTimeout(() => {
        if (this.wantedId === id && this.shownId !== id) this.#show(null);
      }, PATIENCE_MS);
    }
  }

  /** Puts the wanted photo on the stage as soon as it is complete. To be called whenever that may have come true. */
  swap(): void {
    if (this.wantedId !== this.shownId && isComplete(this.photos.get(this.wantedId))) this.#show(this.wantedId);
  }

  #show(id: SubmissionId | null): void {
    clearTimeout(this.#patience);
    if (this.shownId === id) return;
    this.painted = false;
    this.shownId = id;
    this.rejecting = false;
    this.chosen = [];
    this.note = '';
    this.preview = null;
    this.zoom = { kind: 'fit' };
    this.checkCode = openChecks(this.checks)[0]?.code ?? null;
    if (id === null) return;
    void tick().then(() =>
      afterPaint(() => {
        if (this.shownId !== id) return;
        this.painted = true;
        measurePhoto();
        this.prefetch();
      }),
    );
  }

  retry(): void {
    const id = this.wantedId;
    if (id === null) return;
    this.#show(null);
    this.photos.retry(id);
  }

  look(step: 1 | -1): void {
    if (this.busy) return;
    markKey();
    this.notice = null;
    this.want(beside(this.inHand, this.wantedId, step));
  }

  async pass(): Promise<void> {
    if (!this.canPass || this.chosen.length > 0) {
      if (this.settled) this.notice = { kind: 'error', code: this.chosen.length > 0 ? 'reasons_on_pass' : 'unreadable_photo' };
      return;
    }
    await this.#decide('pass', (id) => desk.passPhoto(id));
  }

  openReject(): void {
    if (!this.canReject) return;
    this.choose(chosenOnReject(this.suggested, this.chosen));
    this.rejecting = true;
  }

  async sendRejection(): Promise<void> {
    if (!this.canReject) return;
    if (this.chosen.length === 0) {
      this.notice = { kind: 'error', code: 'no_reason' };
      return;
    }
    const [reasons, note] = [this.chosen, this.note.trim()];
    await this.#decide('reject', (id) => desk.rejectPhoto(id, reasons, note));
  }

  async #decide(verdict: Verdict, send: (id: SubmissionId) => Promise<unknown>): Promise<void> {
    const id = this.shownId;
    const name = this.view?.masked_name ?? '';
    if (id === null) return;
    markKey();
    this.busy = true;
    this.notice = null;
    try {
      await send(id);
      this.decidedAtMs = [...this.decidedAtMs.slice(-100), Date.now()];
      const next = after(this.inHand, id);
      this.#gone = [...this.#gone, id];
      this.busy = false;
      this.notice = { kind: verdict === 'pass' ? 'passed' : 'rejected', name };
      this.want(next);
    } catch (error) {
      this.busy = false;
      await this.#failed(error);
    }
    void shared.refresh();
  }

  async #failed(error: unknown): Promise<void> {
    const code = codeOf(error);
    this.notice = { kind: 'error', code };
    if (code === 'not_in_hand' || code === 'lease_ended') {
      const gone = this.shownId;
      await shared.refresh();
      if (this.shownId === gone) this.follow();
    }
  }

  async undo(decision?: DecisionId): Promise<void> {
    const item = decision ? this.outbox.find((held) => held.decision === decision) : this.undoable;
    if (!item || this.busy) return;
    this.busy = true;
    try {
      const submission = await desk.undoDecision(item.decision);
      this.#gone = this.#gone.filter((id) => id !== submission);
      this.decidedAtMs = this.decidedAtMs.slice(0, -1);
      this.notice = { kind: 'undone', name: item.masked_name };
      await shared.refresh();
      this.busy = false;
      this.want(submission);
    } catch (error) {
      this.busy = false;
      this.notice = { kind: 'error', code: codeOf(error) };
      await shared.refresh();
    }
  }

  async acknowledge(): Promise<void> {
    const refused = shared.queue?.refused[0];
    if (!refused) return;
    await desk.acknowledgeRefusal(refused.decision).catch((error: unknown) => {
      this.notice = { kind: 'error', code: codeOf(error) };
    });
    await shared.refresh();
  }

  toggleReason(code: ReasonCode): void {
    if (this.shownId === null || this.busy) return;
    this.choose(toggled(this.chosen, code));
  }

  choose(codes: ReasonCode[]): void {
    this.chosen = codes;
    this.notice = null;
    void this.askPreview();
  }

  async askPreview(): Promise<void> {
    const id = this.shownId;
    const asked = ++this.#previewAsked;
    if (id === null || this.chosen.length === 0) {
      this.preview = null;
      return;
    }
    try {
      const card = await desk.previewMessage(id, 'reject', this.chosen, this.note.trim());
      if (asked === this.#previewAsked) this.preview = card;
    } catch (error) {
      if (asked !== this.#previewAsked) return;
      this.preview = null;
      this.notice = { kind: 'error', code: codeOf(error) };
    }
  }

  selectCheck(step: 1 | -1): void {
    const visible = this.checks;
    const at = visible.findIndex((check) => check.code === this.checkCode);
    const next = visible[at < 0 ? 0 : Math.min(visible.length - 1, Math.max(0, at + step))];
    if (!next) return;
    this.checkCode = next.code;
    if (this.zoom.kind === 'evidence') this.zoom = { kind: 'evidence' };
  }

  toggleZoom(kind: 'actual' | 'evidence'): void {
    if (this.shownId === null) return;
    this.zoom = { kind: this.zoom.kind === kind ? 'fit' : kind };
  }
}
