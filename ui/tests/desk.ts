// A desk of its own for each spec: the real program behind a page of Chromium, on its demo. Time
// stands still, for the page as for desk and backend, until the spec moves it.

import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { LifeView, PhotoView, QueuedPhoto, QueueView, Role, SessionView, Settings, StartInfo } from '../src/ipc/desk';
import { MODELS, program, SAMPLES } from './places';

/** A Wednesday, one hour after the photo centre opened. */
const MORNING = '2026-11-25T10:00:00+08:00';
/** How long a decision is held, and a little. */
export const HOLD_MS = 11_000;
const PASSWORDS: Readonly<Record<Role, string>> = { reviewer: 'morning-light', supervisor: 'evening-light' };

export interface World {
  /** When it is. */
  at: string;
  samples: string;
  /** Over those that a spec can count on: no asking for a breath, no tour. */
  settings: Settings;
  /** On how many photos of a hundred the machine's opinion stays hidden at first. */
  blind_percent: number;
}

export class Desk {
  #program: ChildProcess | null = null;
  #origin = '';
  #now_ms: number;

  constructor(
    readonly page: Page,
    readonly folder: string,
    readonly world: World,
  ) {
    this.#now_ms = Date.parse(world.at);
  }

  /** Starts the program on what its folder holds. */
  async start(samples = this.world.samples): Promise<void> {
    const at = new Date(this.#now_ms).toISOString();
    const args = ['--data', this.folder, '--demo', samples, '--models', MODELS, '--at', at];
    const started = spawn(program('browser-desk'), args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#program = started;
    let url = '';
    for await (const line of createInterface({ input: started.stdout })) {
      if (!line.startsWith('{')) continue;
      ({ url } = JSON.parse(line));
      break;
    }
    if (!url) throw new Error('the desk did not start: run `cargo build --workspace`');
    started.stdout.resume();
    this.#origin = new URL(url).origin;
    // The token becomes a cookie.
    await this.page.request.get(url);
    await this.page.clock.setFixedTime(this.#now_ms);
  }

  async open(): Promise<void> {
    await this.page.goto(this.#origin);
  }

  stop(): Promise<void> {
    return this.#end((program) => program.stdin?.end());
  }

  /** As when the machine loses its power. */
  crash(): Promise<void> {
    return this.#end((program) => program.kill('SIGKILL'));
  }

  async #end(how: (program: ChildProcess) => unknown): Promise<void> {
    const running = this.#program;
    this.#program = null;
    if (!running || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    how(running);
    await ended;
  }

  /** Calls a command as the page does. */
  async invoke<T>(command: string, args: object = {}): Promise<T> {
    const answer = await this.page.request.post(`${this.#origin}/ipc/${command}`, { data: args });
    if (!answer.ok()) throw new Error(`${command}: ${await answer.text()}`);
    return answer.json();
  }

  async #change(what: string): Promise<void> {
    const answer = await this.page.request.post(`${this.#origin}/world/${what}`);
    expect(answer.ok(), what).toBe(true);
  }

  /** Lets time pass, here and there, and what is due be done. */
  async advance(ms: number): Promise<void> {
    this.#now_ms += ms;
    await this.page.clock.setFixedTime(this.#now_ms);
    await this.#change(`advance/${ms}`);
  }

  /** Cuts the desk off from its backend, or mends the line; and waits until it knows. */
  async weather(weather: 'fair' | 'cut'): Promise<void> {
    await this.#change(`weather/${weather}`);
    // The desk asks the backend for something at least that often.
    await this.advance(30_000);
    await expect(this.get('connection')).toHaveAttribute('data-state', weather === 'cut' ? 'offline' : 'online');
  }

  /** Hides the machine's opinion at first on so many photos of a hundred, as a supervisor would. Before somebody signs in. */
  hide(percent: number): Promise<void> {
    return this.#change(`hide/${percent}`);
  }

  /** Changes settings behind the page's back, and opens the page anew: at the first photo, with nothing half made. */
  async set(changed: Settings): Promise<void> {
    await this.page.goto('about:blank');
    const { account } = await this.invoke<SessionView>('session');
    if (account) await this.invoke('keep_place', { place: { submission: null, drafts: [] } });
    const settings = await this.invoke<Settings>('settings');
    await this.invoke('save_settings', { settings: { ...settings, panes: {}, ...changed } });
    await this.open();
  }

  queue(): Promise<QueueView> {
    return this.invoke('queue');
  }

  life(submission: string): Promise<LifeView> {
    return this.invoke('life', { submission });
  }

  /** What the student's inbox holds, as its page has it. */
  async inbox(): Promise<string> {
    const { demo } = await this.invoke<StartInfo>('start_info');
    return (await this.page.request.get(demo?.inbox_url ?? '')).text();
  }

  get(testid: string): Locator {
    return this.page.getByTestId(testid);
  }

  /** Size and place of the photo on the stage, asked in one go: a closer look may put the whole photo in its copy's place. */
  place(): Promise<{ x: number; y: number; width: number; height: number }> {
    return this.page.evaluate(() => {
      const photo = document.querySelector('[data-testid=stage-photo]');
      if (!photo) throw new Error('no photo on the stage');
      const { x, y, width, height } = photo.getBoundingClientRect();
      return { x, y, width, height };
    });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** By the demo's own button. Answers with the first photo painted, unless there is nothing to judge. */
  async signIn(role: Role = 'reviewer'): Promise<void> {
    await this.get(`demo-${role}`).click();
    await expect(this.get('decided-today')).toBeVisible();
  }

  /** Signs in and waits until all that the desk takes ahead are ready. Answers with the photo on the stage. */
  async begin(role: Role = 'reviewer'): Promise<string> {
    await this.signIn(role);
    const all = async (): Promise<boolean> => {
      const { photos, waiting_at_backend } = await this.queue();
      const taken = photos.length === this.world.settings.lease_ahead || waiting_at_backend === 0;
      return taken && photos.every(({ ready }) => ready);
    };
    await expect.poll(all, { timeout: 30_000 }).toBe(true);
    return this.painted();
  }

  /** The photo on the stage, once it is painted and is not `before`. */
  async painted(before?: string): Promise<string> {
    const not = before ? `:not([data-submission="${before}"])` : '';
    const photo = this.page.locator(`[data-testid=stage-photo][data-painted=true]${not}`);
    await expect(photo).toBeVisible();
    return (await photo.getAttribute('data-submission')) ?? '';
  }

  /** Walks on to the first photo that is wanted, as soon as one is in hand and judged. */
  async goTo(wanted: (photo: QueuedPhoto) => boolean): Promise<string> {
    const among = async (): Promise<boolean> => (await this.queue()).photos.some(wanted);
    await expect.poll(among, { message: 'a sample of that kind', timeout: 30_000 }).toBe(true);
    const { photos } = await this.queue();
    const to = photos.findIndex(wanted);
    let now = await this.painted();
    const from = photos.findIndex(({ submission }) => submission === now);
    for (let step = from; step !== to; step += Math.sign(to - from)) {
      await this.press(to > from ? 'ArrowRight' : 'ArrowLeft');
      now = await this.painted(now);
    }
    return now;
  }

  /** Walks on to the first photo whose shot another student handed in before. */
  async goToSameShot(): Promise<PhotoView> {
    const { photos } = await this.queue();
    const views = await Promise.all(photos.map(({ submission }) => this.photo(submission)));
    const reused = views.find(({ same_shots }) => same_shots?.length);
    if (!reused) throw new Error('no sample of that kind');
    await this.goTo(({ submission }) => submission === reused.submission);
    return reused;
  }

  photo(submission: string): Promise<PhotoView> {
    return this.invoke('photo', { submission });
  }
}

export const failing = ({ machine }: QueuedPhoto): boolean => machine === 'fail';
export const fine = ({ machine }: QueuedPhoto): boolean => machine === 'pass';

const USUAL: Settings = { language: 'zh-CN', theme: 'dark', breath_ms: 0, lease_ahead: 8, tour_seen: true };

export const test = base.extend<{ world: Partial<World>; desk: Desk }>({
  world: [{}, { option: true }],
  desk: async ({ page, world }, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'browser-desk-'));
    await mkdir(path.join(folder, 'backend'));
    await writeFile(path.join(folder, 'backend/demo-accounts.json'), JSON.stringify(PASSWORDS));
    const settings = { ...USUAL, ...world.settings };
    const { at = MORNING, samples = SAMPLES, blind_percent = 0 } = world;
    const desk = new Desk(page, folder, { at, samples, settings, blind_percent });
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(error.message));
    page.on('console', (message) => {
      // A command that is refused is answered as one, and words are found for it.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) broken.push(message.text());
    });
    try {
      await desk.start();
      await desk.hide(blind_percent);
      await desk.set(settings);
      await use(desk);
      expect(broken, 'what the page complained of').toEqual([]);
    } finally {
      await desk.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

export { expect };
