// Keys that mean the same everywhere, and what the desk says when something does not work.

import { USUAL } from '../src/screens/review/keys';
import { expect, failing, fine, HOLD_MS, test } from './desk';
import { FEW } from './places';

test('Enter signs in; a wrong password is refused and nothing typed is lost', async ({ desk }) => {
  await expect(desk.get('sign-in-username')).toBeFocused();
  await desk.page.keyboard.type('reviewer');
  await desk.press('Tab');
  await desk.page.keyboard.type('wrong');
  await desk.press('Enter');
  await expect(desk.get('sign-in-error')).toBeVisible();
  await expect(desk.get('sign-in-username')).toHaveValue('reviewer');
  await expect(desk.get('sign-in-password')).toHaveValue('wrong');
  await desk.get('sign-in-password').fill('morning-light');
  await desk.press('Enter');
  await expect(desk.get('decided-today')).toBeVisible();
});

test('numbers toggle the suggested reasons, and Escape leaves the rejection', async ({ desk }) => {
  await desk.begin();
  const shown = await desk.goTo(failing);
  await desk.press('1');
  const chips = desk.page.locator('[data-testid^=reason-]');
  await expect(chips.first()).toHaveAttribute('aria-pressed', 'true');
  await desk.press('1');
  await expect(chips.first()).toHaveAttribute('aria-pressed', 'false');
  await desk.press('1', 'Escape');
  await expect(desk.get('reject')).toBeVisible();
  await expect(desk.get('stage-photo')).toHaveAttribute('data-submission', shown);
});

test('arrows and the space bar choose in the palette, Tab leads to the note', async ({ desk }) => {
  await desk.begin();
  await desk.goTo(fine);
  await desk.press(USUAL.others, 'ArrowDown');
  const second = (await desk.page.getByRole('option').nth(1).getAttribute('data-testid')) ?? '';
  await desk.press('Space');
  await expect(desk.get(second)).toHaveAttribute('aria-selected', 'true');
  await desk.press('Tab');
  await desk.page.keyboard.type('x');
  await expect(desk.get('message-preview')).toContainText('x');
});

test('a key that is held down decides one photo', async ({ desk }) => {
  await desk.begin();
  const first = await desk.goTo(fine);
  for (let repeat = 0; repeat < 20; repeat += 1) await desk.page.keyboard.down(USUAL.pass);
  await desk.painted(first);
  for (let repeat = 0; repeat < 20; repeat += 1) await desk.page.keyboard.down(USUAL.pass);
  await desk.page.keyboard.up(USUAL.pass);
  expect((await desk.queue()).decided_today).toBe(1);
});

test('an unbroken streak asks for a breath, which a key ends', async ({ desk }) => {
  await desk.set({ breath_ms: 600 });
  await desk.begin();
  for (let photo = 0; photo < 6; photo += 1) {
    const passed = await desk.goTo(fine);
    await desk.press(USUAL.pass);
    await desk.painted(passed);
  }
  await expect(desk.get('breath')).toBeVisible();
  await desk.press(USUAL.pass);
  await expect(desk.get('breath')).toBeVisible();
  await desk.advance(1000);
  await desk.press(USUAL.pass);
  await expect(desk.get('breath')).toHaveCount(0);
  expect((await desk.queue()).decided_today).toBe(6);
});

test('a blind photo shows the machine’s opinion after the first choice, which is kept', async ({ desk }) => {
  await desk.hide(100);
  await desk.begin();
  await desk.goTo(failing);
  await expect(desk.get('blind')).toBeVisible();
  await expect(desk.page.locator('[data-testid^=check-]')).toHaveCount(0);
  await desk.press(USUAL.pass);
  await expect(desk.get('blind')).toHaveCount(0);
  await expect(desk.page.locator('[data-testid^=check-]').first()).toBeVisible();
  expect((await desk.queue()).decided_today).toBe(0);
});

test('a supervisor sets how often the machine’s opinion is hidden at first, a reviewer only reads it', async ({ desk }) => {
  await desk.signIn('supervisor');
  await desk.press(USUAL.settings);
  await desk.get('settings-blind').fill('20');
  await desk.press('Enter');
  await expect.poll(async () => (await desk.queue()).blind_percent).toBe(20);
  await desk.press('Escape');
  await desk.get('sign-out').click();
  await desk.signIn();
  await desk.press(USUAL.settings);
  await expect(desk.get('settings-blind')).toHaveText('20 %');
  await expect(desk.invoke('set_blind_percent', { percent: 0 })).rejects.toThrow('not_allowed');
});

test('Control with + − and 0 draws everything larger, smaller and as usual', async ({ desk }) => {
  await desk.begin();
  for (const [key, percent] of [['=', 110], ['=', 125], ['-', 110], ['0', 100]] as const) {
    await desk.press(`Control+${key}`);
    await expect(desk.page.locator('html')).toHaveCSS('font-size', `${percent / 10}px`);
  }
});

test('the wheel comes closer at the pointer', async ({ desk }) => {
  await desk.begin();
  const before = await desk.place();
  const [x, y] = [before.x + 50, before.y + 50];
  await desk.page.mouse.move(x, y);
  await desk.page.mouse.wheel(0, -200);
  await expect.poll(async () => (await desk.place()).width).toBeGreaterThan(before.width);
  const after = await desk.place();
  // What is under the pointer stays at its height.
  expect((y - after.y) / after.height).toBeCloseTo((y - before.y) / before.height, 2);
});

test('without the backend decisions are kept, and are sent when it is back', async ({ desk }) => {
  await desk.begin();
  await desk.weather('cut');
  const passed = await desk.goTo(fine);
  await desk.press(USUAL.pass);
  await desk.painted(passed);
  await desk.advance(HOLD_MS);
  await expect(desk.get('outbox-count')).toHaveText('1');
  await desk.weather('fair');
  await expect(desk.get('outbox-count')).toHaveText('0');
  expect((await desk.life(passed)).attempts[0]?.decisions).toHaveLength(1);
});

test('outside working hours nothing can be decided, and why is said', async ({ desk }) => {
  await desk.signIn('supervisor');
  await desk.invoke('allow_overtime', { allowed: false });
  await desk.get('sign-out').click();
  // Seven hours later the desk has been closed for a while.
  await desk.advance(8 * 3_600_000);
  await desk.begin();
  await expect(desk.get('closed')).toBeVisible();
  await desk.press(USUAL.pass);
  await expect(desk.page.getByRole('alert')).toContainText(/\S{4,}/);
  expect((await desk.queue()).decided_today).toBe(0);
});

test('the tour walks on by its own keys, takes none that decides, and comes once', async ({ desk }) => {
  await desk.set({ tour_seen: false });
  const first = await desk.begin();
  const step = (name: string) => expect(desk.get('tour')).toHaveAttribute('data-step', name);
  await step('stage');
  await desk.press('Space');
  await step('checks');
  await desk.press('Backspace');
  await step('stage');
  await desk.press(USUAL.pass);
  await desk.painted(first);
  await desk.press('Escape');
  await expect(desk.get('tour')).toHaveCount(0);
  await expect.poll(() => desk.invoke('settings')).toMatchObject({ tour_seen: true });
  await desk.open();
  await desk.painted();
  await expect(desk.get('tour')).toHaveCount(0);
});

test.describe('few photos', () => {
  test.use({ world: { samples: FEW } });

  test('the student’s message arrives once, word for word', async ({ desk }) => {
    await desk.begin();
    const rejected = await desk.goTo(failing);
    await desk.press(USUAL.reject);
    await expect(desk.get('message-preview')).toContainText('审核不通过');
    const remark = await desk.get('message-preview').locator('p').nth(1).innerText();
    await desk.press('Enter');
    await desk.painted(rejected);
    await desk.advance(HOLD_MS);
    await expect.poll(() => desk.inbox()).toContain(remark);
    expect((await desk.inbox()).split('data-decision=')).toHaveLength(2);
  });

  test('a crash loses no decision, and the desk comes back to the same photo', async ({ desk }) => {
    await desk.begin();
    const passed = await desk.goTo(fine);
    await desk.press(USUAL.pass);
    const left = await desk.painted(passed);
    await expect.poll(() => desk.invoke('place')).toMatchObject({ submission: left });
    await desk.crash();
    await desk.start();
    await desk.open();
    expect(await desk.begin()).toBe(left);
    await expect(desk.get('decided-today')).toHaveText('1');
    await desk.advance(HOLD_MS);
    expect((await desk.life(passed)).attempts[0]?.decisions).toMatchObject([{ verdict: 'pass' }]);
  });
});
