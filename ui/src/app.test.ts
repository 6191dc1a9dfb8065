import { beforeEach, expect, test, vi } from 'vitest';
import type { SessionView, Settings } from './ipc/desk';

const fake = vi.hoisted(() => ({
  startInfo: vi.fn(),
  settings: vi.fn(),
  session: vi.fn(),
  reasons: vi.fn(),
  saveSettings: vi.fn(),
  signOut: vi.fn(),
}));
let changed: () => void = () => undefined;
vi.mock('./ipc/desk', async (original) => ({
  ...(await original<typeof import('./ipc/desk')>()),
  desk: fake,
  onDeskChanged: (handler: () => void) => {
    changed = handler;
    return () => undefined;
  },
}));
const root = { dataset: {} as Record<string, string>, lang: '' };
vi.stubGlobal('document', { documentElement: root });

const { DeskError } = await import('./ipc/desk');
const { language } = await import('./text/text.svelte');
let app: (typeof import('./app.svelte'))['app'];

const nobody: SessionView = { account: null, connection: 'online' };
const someone: SessionView = {
  account: { id: 'r', username: 'r', display_name: 'r', role: 'supervisor' },
  connection: 'online',
};
const settled = () => new Promise((done) => setTimeout(done, 0));

beforeEach(async () => {
  vi.resetModules();
  ({ app } = await import('./app.svelte'));
  for (const mock of Object.values(fake)) mock.mockReset();
  fake.startInfo.mockResolvedValue({ version: '1' });
  fake.settings.mockResolvedValue({ language: 'zh-CN', theme: 'dark', hold_s: 10, lease_ahead: 20 });
  fake.session.mockResolvedValue(nobody);
  fake.reasons.mockImplementation(() => Promise.resolve({ version: '1', source: '', groups: [], reasons: [] }));
  fake.saveSettings.mockImplementation((settings: Settings) => Promise.resolve(settings));
  fake.signOut.mockResolvedValue({ unsent: 3 });
});

test('begins at the sign-in, or at the photos of whoever is signed in already', async () => {
  app.begin();
  expect(app.ready).toBe(false);
  await settled();
  expect([app.ready, app.screen]).toEqual([true, 'sign-in']);
  fake.session.mockResolvedValue(someone);
  changed();
  await settled();
  expect([app.screen, app.supervisor, app.reasons?.version]).toEqual(['review', true, '1']);
});

test('a session that ended leads back to the sign-in from any screen', async () => {
  app.signedIn(someone);
  app.go('audit');
  changed = () => undefined;
  app.begin();
  await settled();
  expect(app.screen).toBe('sign-in');
});

test('reasons that are not there yet are asked for again; new ones replace old ones', async () => {
  vi.useFakeTimers();
  fake.session.mockResolvedValue(someone);
  fake.reasons.mockRejectedValueOnce(new DeskError('not_ready'));
  app.begin();
  await vi.advanceTimersByTimeAsync(1000);
  expect(app.reasons).toBeNull();
  changed();
  await vi.advanceTimersByTimeAsync(1000);
  const first = app.reasons;
  changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(app.reasons).toBe(first);
  fake.reasons.mockResolvedValue({ version: '2', source: '', groups: [], reasons: [] });
  changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(app.reasons?.version).toBe('2');
  vi.useRealTimers();
});

test('a setting is saved with the others and takes effect at once', async () => {
  app.begin();
  await settled();
  expect(root.dataset['theme']).toBe('dark');
  await app.save({ theme: 'light' });
  expect(fake.saveSettings).toHaveBeenCalledWith(
    expect.objectContaining({ language: 'zh-CN', theme: 'light', hold_s: 10, lease_ahead: 20 }),
  );
  expect(root.dataset['theme']).toBe('light');
  await app.save({ language: 'en' });
  expect(root.lang).toBe('en');
  await app.save({ language: 'zh-CN' });
  expect(language.now).toBe('zh-CN');
});

test('panes and scale change at once, and what is saved slowly takes nothing back', async () => {
  app.begin();
  await settled();
  app.setPane('guides', true);
  await Promise.resolve();
  app.scale(150);
  app.setPane('evidence', false);
  const now = () => [app.pane('guides'), app.pane('evidence'), app.pane('expanded'), app.settings.scale_percent];
  expect(now()).toEqual([true, false, false, 150]);
  await settled();
  expect(now()).toEqual([true, false, false, 150]);
  expect(fake.saveSettings).toHaveBeenLastCalledWith(
    expect.objectContaining({ panes: { guides: true, evidence: false }, scale_percent: 150 }),
  );
});

test('who signs out is told what could not be sent', async () => {
  app.signedIn(someone);
  app.open('settings');
  await app.signOut();
  expect([app.unsent, app.dialog, app.screen]).toEqual([3, null, 'sign-in']);
  app.signedIn(someone);
  expect(app.unsent).toBe(0);
});

test('a desk that cannot start says why', async () => {
  fake.settings.mockRejectedValue(new DeskError('wrong_key'));
  app.begin();
  await settled();
  expect(app.failure).toBe('wrong_key');
});
