// The audit file that is open: where one is in it, and the marks. Lives as long as somebody is signed in, so that a look
// at another screen loses nothing.

import {
  auditPhotoUrl,
  desk,
  type BundledDecision,
  type BundleView,
  type DecisionId,
  type Mark,
  type PhotoView,
} from '../../ipc/desk';
import { keepDecoded } from '../../parts/decoded';
import { matches, nextUnmarked, progressOf, refit, step, wantsMark, type Filter } from './marking';
import { underWay } from './under-way.svelte';

/** Photos kept ready: those that a step leads to, and those just left. */
const KEPT = 8;

class OpenAudit {
  bundle = $state.raw<BundleView | null>(null);
  decisions = $state.raw<readonly BundledDecision[]>([]);
  current = $state<DecisionId | null>(null);
  filter = $state<Filter>('all');
  /** Code of the check that is pointed at. */
  check = $state<string | null>(null);
  /** Gauges of what passes too. */
  expanded = $state(false);
  /** Checks of the current decision's photo; `null`: on their way, or refused. */
  photo = $state.raw<PhotoView | null>(null);
  opening = $state(false);
  marking = $state(false);
  /** What the last mark was. */
  last = $state.raw<{ masked_name: string; mark: Mark } | null>(null);
  /** What was refused last. */
  failed = $state<unknown>(null);
  /** Notes that were typed and belong to no mark yet. */
  #drafts = $state<Record<DecisionId, string>>({});
  #photos = new Map<DecisionId, PhotoView>();
  #turn = 0;

  readonly shown = $derived(this.decisions.filter((one) => matches(one, this.filter)));
  readonly decision = $derived(this.decisions.find((one) => one.decision === this.current) ?? null);
  readonly progress = $derived(progressOf(this.decisions));

  get note(): string {
    const { decision } = this;
    return decision ? (this.#drafts[decision.decision] ?? decision.mark?.note ?? '') : '';
  }

  set note(typed: string) {
    if (this.current) this.#drafts[this.current] = typed;
  }

  /** Opens and verifies a file. What was open stays where it is refused. */
  async open(path: string): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    this.failed = null;
    const turn = this.#turn;
    try {
      const bundle = await underWay.run(() => desk.openAudit(path));
      // Whoever signed out meanwhile leaves nothing open.
      if (turn !== this.#turn) return;
      this.leave();
      this.filter = 'all';
      this.bundle = bundle;
      this.decisions = bundle.decisions;
      this.go(nextUnmarked(bundle.decisions, null, 'all') ?? bundle.decisions[0]?.decision ?? null);
    } catch (error) {
      this.failed = error;
    } finally {
      this.opening = false;
    }
  }

  /** Back to the choice of files. */
  leave(): void {
    this.#turn += 1;
    this.bundle = null;
    this.decisions = [];
    this.current = null;
    this.photo = null;
    this.last = null;
    this.failed = null;
    this.#photos.clear();
    this.#drafts = {};
  }

  go(decision: DecisionId | null): void {
    if (decision === this.current && this.photo) return;
    this.current = decision;
    this.check = null;
    this.failed = null;
    this.photo = (decision && this.#photos.get(decision)) || null;
    if (decision) void this.#show(decision);
  }

  /** To a decision that may not match the filter, which then lets everything through. */
  jump(decision: DecisionId): void {
    if (!this.shown.some((one) => one.decision === decision)) this.filter = 'all';
    this.go(decision);
  }

  step(by: 1 | -1): void {
    this.go(step(this.decisions, this.current, this.filter, by));
  }

  choose(filter: Filter): void {
    this.filter = filter;
    this.go(refit(this.decisions, this.current, filter));
  }

  /** Marks the current decision and goes on to the next that wants a mark. */
  async mark(right: boolean): Promise<void> {
    const { decision } = this;
    if (!decision || this.marking || !wantsMark(decision)) return;
    this.marking = true;
    this.failed = null;
    try {
      const mark = await desk.markDecision(decision.decision, right, this.note.trim());
      this.decisions = this.decisions.map((one) => (one.decision === decision.decision ? { ...one, mark } : one));
      delete this.#drafts[decision.decision];
      this.last = { masked_name: decision.masked_name, mark };
      // Whoever stepped away while the mark was being kept is left where they are.
      const next = nextUnmarked(this.decisions, decision.decision, this.filter);
      if (next && this.current === decision.decision) this.go(next);
    } catch (error) {
      this.failed = error;
    } finally {
      this.marking = false;
    }
  }

  async #show(decision: DecisionId): Promise<void> {
    try {
      const photo = await this.#fetch(decision);
      if (this.current === decision) this.photo = photo;
    } catch (error) {
      if (this.current === decision) this.failed = error;
      return;
    }
    const next = nextUnmarked(this.decisions, decision, this.filter);
    const steps = [next, step(this.decisions, decision, this.filter, 1), step(this.decisions, decision, this.filter, -1)];
    const near = [...new Set([decision, ...steps])].filter((one) => one !== null);
    void keepDecoded(near.map(auditPhotoUrl));
    for (const one of near) void this.#fetch(one).catch(() => undefined); // It is said where it is looked at.
  }

  async #fetch(decision: DecisionId): Promise<PhotoView> {
    const kept = this.#photos.get(decision) ?? (await desk.auditPhoto(decision));
    this.#photos.delete(decision);
    this.#photos.set(decision, kept);
    for (const oldest of this.#photos.keys()) {
      if (this.#photos.size <= KEPT) break;
      this.#photos.delete(oldest);
    }
    return kept;
  }
}

export const audit = new OpenAudit();
