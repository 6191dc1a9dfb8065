// Every key of the review screen: what the page shows of it, and what desk and backend then know.

import { ACTIONS, USUAL, type Action } from '../src/screens/review/keys';
import { Desk, expect, failing, fine, HOLD_MS, test, type World } from './desk';
import { FEW, RETAKEN } from './places';

const width = async (desk: Desk): Promise<number> => (await desk.place()).width;
const selected = (desk: Desk) => desk.page.locator('[data-testid^=check-][aria-pressed=true]');

/** A pane that a key opens and closes, remembered from then on. */
async function toggles(desk: Desk, action: Action, name: string, open: boolean, shown: string): Promise<void> {
  const seen = desk.page.locator(shown);
  for (const now of [!open, open]) {
    await desk.press(USUAL[action]);
    await (now ? expect(seen.first()).toBeVisible() : expect(seen).toHaveCount(0));
    await expect.poll(async () => (await desk.invoke<{ panes: Record<string, boolean> }>('settings')).panes[name]).toBe(now);
  }
}

/** The keys of the audit screen have their own specs. */
type ReviewAction = Exclude<Action, (typeof ACTIONS.audit)[number]>;
const OF_REVIEW = [...ACTIONS.decide, ...ACTIONS.look, ...ACTIONS.else];

/** What each key does. The type asks for every action of the key map. */
const SPECS: Readonly<Record<ReviewAction, (desk: Desk) => Promise<void>>> = {
  pass: async (desk) => {
    await desk.begin();
    const passed = await desk.goTo(fine);
    await desk.press(USUAL.pass);
    await desk.painted(passed);
    await expect(desk.get('decided-today')).toHaveText('1');
    expect((await desk.queue()).outbox).toMatchObject([{ submission: passed, verdict: 'pass' }]);
    await desk.advance(HOLD_MS);
    await expect(desk.get('outbox-count')).toHaveText('0');
    expect((await desk.life(passed)).attempts[0]?.decisions).toMatchObject([{ verdict: 'pass' }]);
  },
  reject: async (desk) => {
    await desk.begin();
    const rejected = await desk.goTo(failing);
    await desk.press(USUAL.reject);
    await expect(desk.get('palette-filter')).toBeFocused();
    await expect(desk.get('message-preview')).toContainText(/\S{4,}/);
    await desk.press('Enter');
    await desk.painted(rejected);
    await desk.advance(HOLD_MS);
    await expect(desk.get('outbox-count')).toHaveText('0');
    const [attempt] = (await desk.life(rejected)).attempts;
    expect(attempt?.state).toBe('rejected');
    expect(attempt?.decisions[0]?.reasons.length).toBeGreaterThan(0);
    expect(attempt?.messages).toHaveLength(1);
  },
  others: async (desk) => {
    await desk.begin();
    await desk.goTo(fine);
    await desk.press(USUAL.others);
    await expect(desk.get('palette-filter')).toBeFocused();
    await desk.page.keyboard.type('by');
    const first = desk.page.getByRole('option').first();
    await desk.press('Enter');
    await expect(desk.get('palette-filter')).toHaveValue('');
    await expect(first).toHaveAttribute('aria-selected', 'true');
  },
  note: async (desk) => {
    await desk.begin();
    const rejected = await desk.goTo(failing);
    await desk.press(USUAL.note);
    await desk.page.keyboard.type('请重拍');
    await expect(desk.get('message-preview')).toContainText('请重拍');
    await desk.press('Enter');
    await desk.painted(rejected);
    expect((await desk.queue()).outbox[0]?.note).toBe('请重拍');
  },
  undo: async (desk) => {
    await desk.begin();
    const passed = await desk.goTo(fine);
    await desk.press(USUAL.pass);
    await desk.painted(passed);
    await desk.press(USUAL.undo);
    await expect(desk.get('stage-photo')).toHaveAttribute('data-submission', passed);
    await expect(desk.get('decided-today')).toHaveText('0');
    await desk.advance(HOLD_MS);
    expect((await desk.life(passed)).attempts[0]).toMatchObject({ state: 'pending_review', decisions: [] });
  },
  correct: async (desk) => {
    await desk.begin();
    const passed = await desk.goTo(fine);
    await desk.press(USUAL.pass);
    await desk.painted(passed);
    await desk.advance(HOLD_MS);
    await expect(desk.get('correct-open')).toBeVisible();
    await desk.press(USUAL.correct);
    await expect(desk.get('correct-note')).toBeEnabled();
    // The other verdict is proposed; a reason by a few letters, and why.
    await desk.press(USUAL.reject);
    await expect(desk.get('correct-filter')).toBeFocused();
    await desk.page.keyboard.type('by');
    await desk.press('Enter', 'Tab');
    await desk.page.keyboard.type('眼睛是闭着的');
    await desk.press('Enter');
    await expect(desk.page.getByRole('dialog')).toHaveCount(0);
    const [attempt] = (await desk.life(passed)).attempts;
    expect(attempt).toMatchObject({ state: 'rejected', decisions: [{ verdict: 'pass' }, { verdict: 'reject', note: '眼睛是闭着的' }] });
    await expect.poll(() => desk.inbox()).toContain('更正：');
    // It can be corrected again, not undone.
    expect((await desk.queue()).sent[0]).toMatchObject({ submission: passed, correction: true });
  },
  skip: async (desk) => {
    const skipped = await desk.begin();
    await desk.press(USUAL.skip);
    await expect(desk.get('aside-skip')).toBeVisible();
    await desk.press('2', 'Enter');
    await desk.painted(skipped);
    expect((await desk.queue()).photos.map(({ submission }) => submission)).not.toContain(skipped);
    // It is somebody else's now.
    await expect(desk.life(skipped)).rejects.toThrow();
  },
  ask: async (desk) => {
    const asked = await desk.begin();
    await desk.press(USUAL.ask);
    await expect(desk.get('aside-note')).toBeFocused();
    await desk.page.keyboard.type('这张可以吗？');
    await desk.press('Enter');
    await desk.painted(asked);
    await desk.get('sign-out').click();
    await desk.begin('supervisor');
    await desk.goTo(({ submission }) => submission === asked);
    await expect(desk.get('question')).toContainText('这张可以吗？');
  },
  previous: async (desk) => {
    const first = await desk.begin();
    await desk.press(USUAL.next);
    await desk.painted(first);
    await desk.press(USUAL.previous);
    await expect(desk.get('stage-photo')).toHaveAttribute('data-submission', first);
  },
  next: async (desk) => {
    const first = await desk.begin();
    const { photos } = await desk.queue();
    await desk.press(USUAL.next);
    const at = photos.findIndex(({ submission }) => submission === first);
    expect(await desk.painted(first)).toBe(photos[at + 1]?.submission);
  },
  lane_before: async (desk) => {
    await desk.begin();
    await desk.press(USUAL.lane_before);
    await expect(desk.get('lane-all')).toHaveAttribute('aria-pressed', 'false');
    await desk.press(USUAL.lane_after);
    await expect(desk.get('lane-all')).toHaveAttribute('aria-pressed', 'true');
  },
  lane_after: async (desk) => {
    await desk.begin();
    await desk.press(USUAL.lane_after);
    await expect(desk.get('lane-fine')).toHaveAttribute('aria-pressed', 'true');
    const shown = await desk.painted();
    const { photos } = await desk.queue();
    expect(['pass', 'warn']).toContain(photos.find(({ submission }) => submission === shown)?.machine);
  },
  batch: async (desk) => {
    await desk.begin();
    await desk.press(USUAL.batch);
    await expect(desk.get('batch')).toHaveAttribute('aria-pressed', 'true');
    const shown = await desk.painted();
    const { photos } = await desk.queue();
    const front = photos.find(({ submission }) => submission === shown);
    await expect(desk.get('batch')).toContainText(front?.batch ?? '?');
  },
  check_up: async (desk) => {
    await desk.begin();
    await desk.goTo(failing);
    await desk.press(USUAL.check_down);
    const first = await selected(desk).first().getAttribute('data-testid');
    await desk.press(USUAL.check_down);
    await expect(selected(desk).first()).not.toHaveAttribute('data-testid', first ?? '');
    await desk.press(USUAL.check_up);
    await expect(selected(desk).first()).toHaveAttribute('data-testid', first ?? '');
  },
  check_down: async (desk) => {
    await desk.begin();
    await desk.goTo(failing);
    await expect(selected(desk)).toHaveCount(0);
    await desk.press(USUAL.check_down);
    await expect(selected(desk).first()).toHaveAttribute('data-status', 'fail');
  },
  zoom_evidence: async (desk) => {
    await desk.begin();
    await desk.goTo(failing);
    const fit = await width(desk);
    await desk.press(USUAL.check_down, USUAL.zoom_evidence);
    await expect.poll(() => width(desk)).toBeGreaterThan(fit);
    await desk.press(USUAL.zoom_evidence);
    await expect.poll(() => width(desk)).toBe(fit);
  },
  actual: async (desk) => {
    await desk.begin();
    const own = await desk.get('stage-photo').evaluate((image: HTMLImageElement) => image.naturalWidth);
    await desk.press(USUAL.actual);
    await expect.poll(() => width(desk)).toBe(own);
  },
  fit: async (desk) => {
    await desk.begin();
    const fit = await desk.place();
    const drawn = desk.get('stage-fit');
    expect((await drawn.boundingBox())?.width).toBeCloseTo(fit.width, -0.3);
    await desk.press(USUAL.closer, USUAL.closer);
    await expect.poll(() => width(desk)).toBeGreaterThan(fit.width);
    // Closer it is the photo itself.
    await expect(drawn).toHaveCount(0);
    await expect(desk.get('stage-photo')).toHaveCSS('opacity', '1');
    await desk.press(USUAL.fit);
    await expect.poll(() => desk.place()).toEqual(fit);
    await expect(drawn).toHaveCount(1);
  },
  closer: async (desk) => {
    await desk.begin();
    const fit = await width(desk);
    await desk.press(USUAL.closer);
    await expect.poll(async () => (await width(desk)) / fit).toBeCloseTo(1.25, 2);
  },
  farther: async (desk) => {
    await desk.begin();
    const fit = await width(desk);
    await desk.press(USUAL.closer, USUAL.closer, USUAL.farther);
    await expect.poll(async () => (await width(desk)) / fit).toBeCloseTo(1.25, 2);
  },
  guides: async (desk) => {
    await desk.begin();
    await desk.goTo(fine);
    await toggles(desk, 'guides', 'guides', false, '[data-testid=drawn-guides]');
  },
  landmarks: async (desk) => {
    await desk.begin();
    await desk.goTo(fine);
    await toggles(desk, 'landmarks', 'landmarks', false, '[data-testid=drawn-landmarks]');
  },
  silhouette: async (desk) => {
    await desk.begin();
    await desk.goTo(fine);
    await toggles(desk, 'silhouette', 'silhouette', false, '[data-testid=drawn-silhouette]');
  },
  evidence: async (desk) => {
    await desk.begin();
    await desk.goTo(failing);
    await desk.press(USUAL.check_down);
    await toggles(desk, 'evidence', 'evidence', true, '[data-testid=drawn-evidence]');
  },
  expand: async (desk) => {
    await desk.begin();
    await desk.goTo(fine);
    const lines = desk.page.locator('[data-testid^=check-]');
    const folded = await lines.count();
    await desk.press(USUAL.expand);
    await expect.poll(() => lines.count()).toBeGreaterThan(folded);
    await desk.press(USUAL.expand);
    await expect(lines).toHaveCount(folded);
  },
  earlier: async (desk) => {
    await secondAttempt(desk);
    await toggles(desk, 'earlier', 'earlier', true, '[data-testid=earlier] li');
  },
  blink: async (desk) => {
    await secondAttempt(desk);
    await desk.press(USUAL.blink);
    await expect(desk.get('blink').getByRole('img', { includeHidden: true })).toHaveCount(2);
    await desk.press(USUAL.blink);
    await expect(desk.get('blink')).toHaveCount(0);
  },
  match: async (desk) => {
    await desk.begin();
    const [other] = (await desk.goToSameShot()).same_shots ?? [];
    const frames = desk.get('blink').getByRole('img', { includeHidden: true });
    await expect(desk.get('same-shot')).toContainText(other?.masked_name ?? '–');
    await desk.press(USUAL.match);
    await expect(desk.get('blink')).toHaveAttribute('data-side', 'true');
    await expect(frames.filter({ visible: true })).toHaveCount(2);
    // Both have the eyes at the same height.
    const tops = await frames.evaluateAll((images) => images.map((image) => image.getBoundingClientRect().top));
    expect(Math.abs((tops[0] ?? 0) - (tops[1] ?? 99))).toBeLessThan(2);
    await desk.press(USUAL.match);
    await expect(desk.get('blink')).toHaveAttribute('data-side', 'false');
    await expect(frames.filter({ visible: true })).toHaveCount(1);
    await desk.press(USUAL.match);
    await expect(desk.get('blink')).toHaveCount(0);
    await desk.painted();
  },
  outbox: async (desk) => {
    await desk.begin();
    const passed = await desk.goTo(fine);
    await desk.press(USUAL.pass);
    await desk.painted(passed);
    await desk.press(USUAL.outbox);
    await expect(desk.get('outbox').getByRole('listitem')).toHaveCount(1);
    await desk.press('Escape');
    await expect(desk.get('outbox')).toHaveCount(0);
  },
  acknowledge: async (desk) => {
    await desk.begin();
    const passed = await desk.goTo(fine);
    await desk.press(USUAL.pass);
    await desk.painted(passed);
    await desk.weather('cut');
    // Longer than a lease lasts.
    await desk.advance(20 * 60_000);
    await desk.weather('fair');
    await expect.poll(async () => (await desk.queue()).refused.length).toBe(1);
    await expect(desk.get('refused')).toBeVisible();
    await desk.press(USUAL.acknowledge);
    await expect(desk.get('refused')).toHaveCount(0);
    expect((await desk.queue()).refused).toEqual([]);
    expect((await desk.life(passed)).attempts[0]?.decisions).toEqual([]);
  },
  today: async (desk) => {
    await desk.begin();
    await desk.press(USUAL.today);
    await expect(desk.get('day-figures')).toBeVisible();
    await desk.press(USUAL.today);
    await desk.painted();
  },
  find: async (desk) => {
    await desk.begin();
    await desk.press(USUAL.find);
    await expect(desk.get('find-text')).toBeFocused();
    await desk.press('Escape');
    await desk.painted();
  },
  overtime: async (desk) => {
    await desk.begin('supervisor');
    await desk.press(USUAL.today);
    const said = desk.page.locator('.overtime').getByRole('status');
    await expect(said).toContainText('✓');
    await desk.press(USUAL.overtime);
    await expect(said).not.toContainText('✓');
    await expect(desk.get('overtime')).toBeEnabled();
    expect((await desk.queue()).hours.overtime).toBe(false);
    await desk.press(USUAL.overtime);
    await expect(said).toContainText('✓');
    expect((await desk.queue()).hours.overtime).toBe(true);
  },
  settings: async (desk) => {
    await desk.begin();
    await desk.press(USUAL.settings);
    await expect(desk.page.getByRole('dialog')).toBeVisible();
    await desk.get('theme-light').click();
    await expect(desk.page.locator('html')).toHaveAttribute('data-theme', 'light');
    expect(await desk.invoke('settings')).toMatchObject({ theme: 'light' });
    await desk.press('Escape');
    await expect(desk.page.getByRole('dialog')).toHaveCount(0);
  },
  keys: async (desk) => {
    await desk.begin();
    await desk.press(USUAL.keys);
    // Every action is there with its key, and a key that is taken is refused.
    for (const action of Object.values(ACTIONS).flat()) await expect(desk.get(`key-${action}`)).toBeVisible();
    await desk.get('key-pass').click();
    await desk.press('r');
    await expect(desk.page.getByRole('dialog').getByRole('status')).toContainText('✕');
    await desk.press('x');
    await expect.poll(async () => await desk.invoke('settings')).toMatchObject({ keys: { pass: 'x' } });
    await desk.press('Escape');
    const passed = await desk.goTo(fine);
    await desk.press('x');
    await desk.painted(passed);
  },
};

/** Brings the second photo of a student to the front whose first one was rejected. */
async function secondAttempt(desk: Desk): Promise<void> {
  await desk.begin();
  const first = await desk.goTo(failing);
  await desk.press(USUAL.reject, 'Enter');
  await desk.painted(first);
  await desk.advance(HOLD_MS);
  await expect(desk.get('outbox-count')).toHaveText('0');
  await desk.get('sign-out').click();
  await expect(desk.get('demo-reviewer')).toBeVisible();
  await desk.stop();
  await desk.start(RETAKEN);
  await desk.open();
  await desk.begin();
  await desk.goTo(({ attempt }) => attempt === 2);
  await expect(desk.get('earlier').getByRole('listitem').first()).toBeVisible();
}

const WORLDS: Partial<Record<ReviewAction, Partial<World>>> = {
  // More than the first batch holds.
  batch: { settings: { lease_ahead: 24 } },
  // What a student hands in again comes last.
  earlier: { samples: FEW },
  blink: { samples: FEW },
};

for (const action of OF_REVIEW) {
  test.describe(action, () => {
    test.use({ world: WORLDS[action] ?? {} });
    test(USUAL[action], async ({ desk }) => SPECS[action](desk));
  });
}
