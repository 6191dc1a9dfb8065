// What every screen shares: who sits here, the queue, the settings, the catalogue of reasons.

import {
  codeOf,
  desk,
  onDeskChanged,
  type Language,
  type QueueView,
  type ReasonCatalogue,
  type SessionView,
  type Settings,
  type StartInfo,
} from './ipc/desk';
import { showLanguage } from './text/language.svelte';

export type FullSettings = Required<Settings>;
export type Screen = 'review' | 'audit';

const DEFAULTS: FullSettings = { language: 'zh-CN', theme: 'system', hold_s: 10, lease_ahead: 20 };

class DeskState {
  start = $state<StartInfo | null>(null);
  session = $state<SessionView | null>(null);
  settings = $state<FullSettings>(DEFAULTS);
  queue = $state.raw<QueueView | null>(null);
  catalogue = $state.raw<ReasonCatalogue | null>(null);
  screen = $state<Screen>('review');
  /** Error code of opening the desk at all. */
  problem = $state<string | null>(null);

  #asking = false;
  #askAgain = false;

  async open(): Promise<() => void> {
    const stop = onDeskChanged(() => void this.refresh());
    try {
      this.use({ ...DEFAULTS, ...(await desk.settings()) });
      this.start = await desk.startInfo();
      await this.refresh();
    } catch (error) {
      this.problem = codeOf(error);
    }
    return stop;
  }

  use(settings: FullSettings): void {
    this.settings = settings;
    showLanguage(settings.language);
    const dark = settings.theme === 'dark' || (settings.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }

  async save(settings: FullSettings): Promise<void> {
    this.use({ ...DEFAULTS, ...(await desk.saveSettings(settings)) });
  }

  async speak(language: Language): Promise<void> {
    const settings = { ...this.settings, language };
    this.use(settings);
    await desk.saveSettings(settings).catch(() => undefined);
  }

  /** Asks for session and queue. Calls that come meanwhile are answered by one more round. */
  async refresh(): Promise<void> {
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#askAgain = false;
        this.session = await desk.session();
        if (this.session.account) {
          this.queue = await desk.queue();
          this.catalogue ??= await desk.reasons().catch(() => null);
        } else {
          this.queue = null;
        }
      } while (this.#askAgain);
    } catch {
      // A later change asks again; what is on the screen stays.
    } finally {
      this.#asking = false;
    }
  }

  async signIn(username: string, password: string): Promise<void> {
    const session = await desk.signIn(username, password);
    this.catalogue = null;
    this.session = session;
    await this.refresh();
  }

  /** Answers how many decisions stay unsent. */
  async signOut(): Promise<number> {
    const { unsent } = await desk.signOut();
    this.queue = null;
    this.catalogue = null;
    this.screen = 'review';
    await this.refresh();
    return unsent;
  }
}

export const state = new DeskState();
