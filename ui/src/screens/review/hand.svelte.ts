// The photos in hand, the one in front, and how it is looked at. What is decided of it: `work.svelte.ts`.

import { app } from '../../app.svelte';
import {
  codeOf,
  desk,
  onDeskChanged,
  screenPhotoUrl,
  submissionPhotoUrl,
  type MessageCard,
  type OutboxItem,
  type PhotoView,
  type QueuedPhoto,
  type QueueView,
} from '../../ipc/desk';
import { calm } from '../../parts/calm';
import { keepDecoded } from '../../parts/decoded';
import { seldom } from '../../parts/seldom';
import { m } from '../../text/text.svelte';
import { affordable, shownPixels } from './ahead';
import { Breath } from './breath.svelte';
import { chipsOf } from './chips';
import { Earlier } from './earlier.svelte';
import { Looking } from './looking.svelte';
import { isClosed } from './hours';
import { counts, narrowed, nextBatch, nextLane, WIDE, type Narrow } from './lanes';
import { moved, nearby, stayOrNext, successor } from './order';
import { undoable } from './outbox';
import { paceOf } from './pace';
import { Place, type Draft } from './place';
import { Preview } from './preview.svelte';
import { problemOf, type Problem } from './problem';
import { Sight, withoutOpinion } from './sight.svelte';
import { keyForgotten, keyPressed, photoPainted } from './timing';
import { Views } from './views.svelte';

const TICK_MS = 500;
/** Urgency and hours change with the time of day, without any event. */
const REFRESH_MS = 60_000;
/** Many things change around a decision: the queue is not asked for after each of them. */
const SELDOM_MS = 250;

export class Hand {
  queue = $state.raw<QueueView | null>(null);
  current = $state<string | null>(null);
  rejectMode = $state(false);
  chosen = $state.raw<string[]>([]);
  note = $state('');
  /** What went wrong last, until it is read or something succeeds. */
  problem = $state.raw<Problem | null>(null);
  outboxOpen = $state(false);
  now_ms = $state(Date.now());
  /** For the live region. */
  announcement = $state('');
  #painted = $state(false);
  #unshowable = $state(false);
  protected busy = $state(false);
  readonly looking = new Looking();
  readonly breath = new Breath();
  readonly #preview = new Preview();
  readonly earlier = new Earlier();
  readonly sight = new Sight();
  narrow = $state.raw<Narrow>(WIDE);
  #views = new Views();
  protected drafts = new Map<string, Draft>();
  protected decided_ms = $state.raw<number[]>([]);
  #owner: string | null = null;
  readonly #place = new Place();
  /** Counts what happened here, so that an answer from before it is not taken for the truth. */
  protected generation = 0;
  #asking: Promise<void> | null = null;
  #askAgain = false;

  readonly item = $derived<QueuedPhoto | null>(
    this.queue?.photos.find((photo) => photo.submission === this.current) ?? null,
  );
  readonly photo = $derived<PhotoView | null>(this.#views.get(this.current));
  /** The machine's opinion waits for the reviewer's first choice. */
  readonly hidden = $derived(this.photo?.blind === true && this.sight.first(this.current) === null);
  /** What is shown of it: without the machine's opinion where that is hidden. */
  readonly seen = $derived<PhotoView | null>(this.hidden ? withoutOpinion(this.photo) : this.photo);
  readonly chips = $derived(chipsOf(app.reasons, this.seen?.suggested ?? [], this.chosen));
  /** What is gone through: all in hand, or what they were narrowed to. */
  readonly shown = $derived(narrowed(this.queue?.photos ?? [], this.narrow, (photo) => this.isHidden(photo)));
  readonly counts = $derived(counts(this.queue?.photos ?? [], this.narrow.batch, (photo) => this.isHidden(photo)));
  /** Outside working hours, and no supervisor allows overtime. */
  readonly closed = $derived(isClosed(this.queue?.hours));
  readonly pace_ms = $derived(paceOf(this.decided_ms));
  readonly rejecting = $derived(this.rejectMode || this.chosen.length > 0 || this.note.trim() !== '');
  readonly lastHeld = $derived<OutboxItem | null>(undoable(this.queue?.outbox ?? [], this.now_ms));
  /** Nothing of it can be seen: it can be rejected, but not pass. */
  readonly unseeable = $derived(this.photo !== null && (!!this.photo.unreadable || this.#unshowable));
  readonly decidable = $derived(
    this.photo !== null && !this.busy && this.breath.each_ms === null && (this.#painted || this.unseeable),
  );
  readonly src = $derived(
    this.photo?.report && this.photo.submission === this.current ? screenPhotoUrl(this.photo.submission) : null,
  );
  /** The photo itself, of which `src` may be a smaller copy. */
  readonly whole = $derived(this.src && this.current ? submissionPhotoUrl(this.current) : null);

  /** What is shown when this one is decided, where that is known. */
  readonly next = $derived.by(() => {
    const index = this.shown.findIndex((photo) => photo.submission === this.current);
    const rest = this.shown.filter((photo) => photo.submission !== this.current);
    const submission = successor(rest, Math.max(0, index));
    const report = this.#views.get(submission)?.report;
    return submission && report ? { src: screenPhotoUrl(submission), report } : null;
  });

  get preview(): MessageCard | null {
    return this.#preview.card;
  }

  /** Whether the machine's opinion of a photo in hand must not be told yet. */
  isHidden(photo: QueuedPhoto): boolean {
    return photo.blind && this.sight.first(photo.submission) === null;
  }

  /** Begins to work. Answers how to stop. */
  begin(): () => void {
    const owner = app.session?.account?.id ?? null;
    if (owner !== this.#owner) this.#forget(owner);
    void this.refresh();
    const stop = onDeskChanged(seldom(() => calm.after(this.refreshNow), SELDOM_MS));
    const tick = setInterval(() => {
      this.now_ms = Date.now();
      this.keepPlace();
    }, TICK_MS);
    const again = setInterval(() => void this.refresh(), REFRESH_MS);
    return () => {
      stop();
      clearInterval(tick);
      clearInterval(again);
    };
  }

  #forget(owner: string | null): void {
    this.#owner = owner;
    this.generation += 1;
    this.queue = null;
    this.#views.forget();
    this.drafts.clear();
    this.#place.forget();
    this.breath.forget();
    this.sight.forget();
    this.earlier.forget();
    this.narrow = WIDE;
    this.problem = null;
    this.bring(null);
    void keepDecoded([]);
  }

  /** Asks for the queue, one question at a time. Resolves when what is shown is no older than the call. */
  refresh(): Promise<void> {
    this.#askAgain = true;
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Where nobody waits for the answer. */
  protected readonly refreshNow = () => void this.refresh();

  async #ask(): Promise<void> {
    try {
      while (this.#askAgain) {
        this.#askAgain = false;
        const generation = this.generation;
        const [queue] = await Promise.all([desk.queue(), this.#place.load()]);
        if (generation === this.generation) this.#take(queue);
        else this.#askAgain = true;
      }
    } catch (error) {
      this.#askAgain = false;
      if (codeOf(error) === 'not_signed_in') void app.refresh();
      else this.problem = problemOf(error);
    }
  }

  #take(queue: QueueView): void {
    const before = this.shown;
    this.queue = queue;
    this.now_ms = Date.now();
    const next = this.#comeBack() ?? stayOrNext(before, this.shown, this.current);
    if (next !== this.current) this.bring(next);
    else calm.after(this.#lookAhead);
  }

  /** The photo that was in front when the program ended, with what was half made; only where the work begins. */
  #comeBack(): string | null {
    const kept = this.current === null && this.shown.length > 0 ? this.#place.take() : null;
    if (!kept) return null;
    this.drafts = new Map(kept.drafts.map((one) => [one.submission, { chosen: one.reasons, note: one.note }]));
    return this.shown.find((photo) => photo.submission === kept.submission)?.submission ?? null;
  }

  /** Remembers the photo in front and what is half made, should the program end now. */
  keepPlace(): void {
    if (!this.current) return;
    const drafts = new Map([...this.drafts, [this.current, { chosen: this.chosen, note: this.note }]]);
    const held = (this.queue?.photos ?? []).map((photo) => photo.submission);
    this.#place.keep(this.current, drafts, held);
  }

  /** Brings a photo to the front. */
  protected bring(submission: string | null): void {
    const left = this.current;
    if (left && this.queue?.photos.some((photo) => photo.submission === left)) {
      this.drafts.set(left, { chosen: this.chosen, note: this.note });
    }
    const draft = (submission && this.drafts.get(submission)) || null;
    this.current = submission;
    this.#painted = false;
    this.sight.next();
    this.#unshowable = false;
    this.rejectMode = false;
    this.chosen = draft?.chosen ?? [];
    this.note = draft?.note ?? '';
    this.#preview.clear();
    this.looking.startOver();
    if (!this.item?.ready || this.photo?.unreadable) keyForgotten();
    if (this.src) {
      calm.begin();
      calm.after(this.#lookAhead);
      calm.after(this.#askPreviewNow);
    } else {
      calm.end();
      this.#lookAhead();
      this.askPreview();
    }
    this.announcement = this.sameShotWords() || this.announcement;
  }

  /** What is heard of the photo in front where others handed in the same shot. */
  protected sameShotWords(): string {
    const count = this.seen?.same_shots?.length ?? 0;
    return count > 0 ? m.same_shot_found({ count }) : '';
  }

  /** Fetches checks and pixels of what is near. */
  readonly #lookAhead = (): void => {
    const near = nearby(this.shown, this.current);
    for (const photo of near) void this.#load(photo);
    this.#decodeAhead();
  };

  #decodeAhead(): void {
    const near = nearby(this.shown, this.current).map((photo) => photo.submission);
    const last = this.lastHeld?.submission;
    const wanted = [...near.slice(0, 2), ...(last ? [last] : []), ...near.slice(2)].flatMap((submission) => {
      const view = this.#views.get(submission);
      if (!view?.report) return [];
      const { width_px, height_px } = view.report.image;
      // A photo that is the same shot is about as large.
      const [same] = view.same_shots ?? [];
      return [
        { src: screenPhotoUrl(submission), pixels: shownPixels(width_px, height_px) },
        ...(same ? [{ src: submissionPhotoUrl(same.submission), pixels: width_px * height_px }] : []),
      ];
    });
    void keepDecoded([...new Set(affordable(wanted))]);
  }

  async #load({ submission, same_shots }: QueuedPhoto): Promise<void> {
    try {
      if (!(await this.#views.load(submission, same_shots))) return;
      this.#decodeAhead();
      if (submission !== this.current) return;
      this.askPreview();
      this.announcement = this.sameShotWords() || this.announcement;
    } catch (error) {
      const { code } = problemOf(error);
      if (submission === this.current && code !== 'not_ready' && code !== 'not_in_hand') this.problem = problemOf(error);
    }
  }

  painted(submission: string): void {
    // A closer look paints it once more.
    if (submission !== this.current || this.#painted) return;
    this.#painted = true;
    this.sight.painted(performance.now());
    photoPainted();
    calm.end();
  }

  broken(submission: string): void {
    if (submission !== this.current) return;
    this.#unshowable = true;
    keyForgotten();
    calm.end();
    this.askPreview();
  }

  move(by: 1 | -1): void {
    const next = moved(this.shown, this.current, by);
    if (next !== this.current) this.goTo(next);
  }

  /** Brings a chosen photo to the front. */
  goTo(submission: string | null): void {
    if (this.busy || submission === this.current) return;
    keyPressed();
    this.bring(submission);
  }

  stepLane(by: 1 | -1): void {
    this.narrowTo({ ...this.narrow, lane: nextLane(this.narrow.lane, by) });
  }

  stepBatch(): void {
    this.narrowTo({ ...this.narrow, batch: nextBatch(this.queue?.photos ?? [], this.narrow.batch) });
  }

  /** Goes through these only. The photo in front gives place where it is none of them, and is said to. */
  narrowTo(narrow: Narrow): void {
    if (this.busy) return;
    const { item } = this;
    this.narrow = narrow;
    this.problem = null;
    if (item && this.shown.includes(item)) {
      this.#lookAhead();
      return;
    }
    if (item) this.problem = { code: 'left_lane', facts: { name: item.masked_name } };
    const next = this.shown.find((photo) => photo.ready) ?? this.shown[0];
    this.bring(next?.submission ?? null);
  }

  readonly #askPreviewNow = () => this.askPreview();

  /** Asks for the very words that the student would get. */
  protected askPreview(): void {
    const { current, rejecting } = this;
    if (!current || !this.photo || (rejecting ? this.chosen.length === 0 : this.unseeable)) this.#preview.clear();
    else if (rejecting) void this.#preview.ask(current, 'reject', this.chosen, this.note.trim());
    else void this.#preview.ask(current, 'pass', [], '');
  }
}
