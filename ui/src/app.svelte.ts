// What every screen shares: who is signed in, the settings, the reasons, and which screen is shown.
// The photos in hand belong to the review screen, see `screens/review/review.svelte.ts`.

import {
  codeOf,
  desk,
  onDeskChanged,
  type ReasonCatalogue,
  type SessionView,
  type Settings,
  type StartInfo,
  type UpdateView,
} from './ipc/desk';
import { calm } from './parts/calm';
import { showScale } from './parts/rem.svelte';
import { seldom } from './parts/seldom';
import { showTheme } from './parts/theme.svelte';
import { setLanguage } from './text/text.svelte';

/** The queue changes with every photo, but seldom who is signed in and how the line is. */
const SELDOM_MS = 1000;

export type Screen = 'sign-in' | 'review' | 'audit' | 'day' | 'find';
export type DialogName = 'settings' | 'keys' | 'sign-in-again' | 'skip' | 'ask' | 'correct';
export type FullSettings = Required<Settings>;

/** Until the desk has told what is set. */
const UNSET: FullSettings = {
  language: 'zh-CN',
  theme: 'system',
  hold_s: 10,
  lease_ahead: 20,
  scale_percent: 100,
  keys: {},
  breath_ms: 600,
  panes: {},
  tour_seen: false,
  check_updates: false,
};

/** What can be open or closed on the review screen, and whether it usually is. */
const PANES = { expanded: false, guides: false, landmarks: false, silhouette: false, evidence: true, earlier: true };
export type Pane = keyof typeof PANES;

class App {
  start = $state.raw<StartInfo | null>(null);
  session = $state.raw<SessionView | null>(null);
  settings = $state.raw<FullSettings>(UNSET);
  reasons = $state.raw<ReasonCatalogue | null>(null);
  screen = $state<Screen>('sign-in');
  dialog = $state<DialogName | null>(null);
  /** The sent decision that the dialog `correct` is about. */
  correcting = $state.raw<{ submission: string; decision: string } | null>(null);
  /** A newer program that is announced. */
  update = $state.raw<UpdateView | null>(null);
  /** The tour was asked for. */
  #touring = $state(false);
  /** Counts corrections, so that a screen that shows one's history asks again. */
  corrections = $state(0);
  /** Decisions of the person who signed out last that could not be sent yet. */
  unsent = $state(0);
  /** Code of what kept the desk from starting. */
  failure = $state<string | null>(null);
  #saved: Promise<unknown> = Promise.resolve();

  /** Whether the desk has answered who is signed in. Until then nothing is shown. */
  get ready(): boolean {
    return this.session !== null;
  }

  get supervisor(): boolean {
    return this.session?.account?.role === 'supervisor';
  }

  /** Loads everything and listens. Answers how to stop listening. */
  begin(): () => void {
    void this.#load();
    const refresh = () => void this.refresh();
    return onDeskChanged(seldom(() => calm.after(refresh), SELDOM_MS));
  }

  async #load(): Promise<void> {
    try {
      const [start, settings] = await Promise.all([desk.startInfo(), desk.settings()]);
      this.start = start;
      this.#apply(settings);
      this.#take(await desk.session());
      // Whoever wants to know looks into the settings, where a failure is told.
      this.lookForUpdate().catch(() => undefined);
    } catch (error) {
      this.failure = codeOf(error);
    }
  }

  /** Asks for a newer program, where that is switched on. Throws a DeskError. */
  async lookForUpdate(): Promise<void> {
    if (this.start?.updates && this.settings.check_updates) this.update = await desk.newerVersion();
  }

  /** Asks the desk again who is signed in and how the connection is. */
  async refresh(): Promise<void> {
    try {
      this.#take(await desk.session());
    } catch {
      // The session that is shown stays; the next change asks again.
    }
  }

  /** To be called with the answer of a sign-in. */
  signedIn(session: SessionView): void {
    this.#take(session);
    this.dialog = null;
    this.unsent = 0;
    if (session.account) this.screen = 'review';
  }

  async signOut(): Promise<void> {
    const { unsent } = await desk.signOut();
    this.unsent = unsent;
    this.dialog = null;
    await this.refresh();
  }

  go(screen: Screen): void {
    this.dialog = null;
    this.screen = screen;
  }

  open(dialog: DialogName): void {
    this.dialog = dialog;
  }

  correct(submission: string, decision: string): void {
    this.correcting = { submission, decision };
    this.open('correct');
  }

  corrected(): void {
    this.corrections += 1;
    this.close();
  }

  close(): void {
    this.dialog = null;
  }

  /** Whether the tour is on: when somebody asks for it, and by itself once where the demo is new. */
  get touring(): boolean {
    return this.#touring || (this.start?.demo != null && !this.settings.tour_seen);
  }

  startTour(): void {
    this.#touring = true;
    this.go('review');
  }

  endTour(): void {
    this.#touring = false;
    if (this.settings.tour_seen) return;
    this.settings = { ...this.settings, tour_seen: true };
    this.save({}).catch(() => undefined);
  }

  /** Saves some settings, one after the other; each takes effect when it is kept. Throws a DeskError. */
  save(changed: Settings): Promise<void> {
    const saving = this.#saved.then(async () => {
      const wanted = { ...this.settings, ...changed };
      const kept = await desk.saveSettings(wanted);
      // What changes at once may have changed again while this was kept.
      const { panes, scale_percent, tour_seen } = this.settings;
      this.#apply({ ...wanted, ...kept, panes, scale_percent, tour_seen });
    });
    this.#saved = saving.catch(() => undefined);
    return saving;
  }

  /** Whether a pane or an overlay is open. */
  pane(name: Pane): boolean {
    return this.settings.panes[name] ?? PANES[name];
  }

  /** Opens or closes a pane at once, and remembers it. */
  setPane(name: Pane, open: boolean): void {
    this.settings = { ...this.settings, panes: { ...this.settings.panes, [name]: open } };
    // Where it can't be kept it holds until the program ends.
    this.save({}).catch(() => undefined);
  }

  /** Draws everything larger or smaller at once, and remembers it. */
  scale(percent: number): void {
    this.settings = { ...this.settings, scale_percent: percent };
    showScale(percent);
    this.save({}).catch(() => undefined);
  }

  #apply(settings: Settings): void {
    this.settings = { ...UNSET, ...settings };
    setLanguage(this.settings.language);
    showTheme(this.settings.theme);
    showScale(this.settings.scale_percent);
  }

  #take(session: SessionView): void {
    this.session = session;
    if (!session.account) {
      this.screen = 'sign-in';
      this.reasons = null;
    } else {
      if (this.screen === 'sign-in') this.screen = 'review';
      void this.#loadReasons();
    }
  }

  async #loadReasons(): Promise<void> {
    try {
      const reasons = await desk.reasons();
      if (reasons.version !== this.reasons?.version) this.reasons = reasons;
    } catch {
      // Not here yet: the change that brings them asks again.
    }
  }
}

export const app = new App();
