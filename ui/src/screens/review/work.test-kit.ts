// The work of the review screen before a desk that answers what a test wants. To be imported before anything that knows
// the desk.

import { vi } from 'vitest';
import type { DecisionView, MessageCard, PlaceView, QueueView } from '../../ipc/desk';
import { catalogue, check, queue, queued, reason, view } from './samples.test-kit';

const fake = vi.hoisted(() => ({
  queue: vi.fn(),
  photo: vi.fn(),
  passPhoto: vi.fn(),
  rejectPhoto: vi.fn(),
  undoDecision: vi.fn(),
  acknowledgeRefusal: vi.fn(),
  previewMessage: vi.fn(),
  setAside: vi.fn(),
  place: vi.fn(),
  keepPlace: vi.fn(),
  session: vi.fn(),
}));
vi.mock('../../ipc/desk', async (original) => ({
  ...(await original<typeof import('../../ipc/desk')>()),
  desk: fake,
  onDeskChanged: () => () => undefined,
  screenPhotoUrl: (submission: string) => `screen:${submission}`,
  submissionPhotoUrl: (submission: string) => `photo:${submission}`,
}));
vi.mock('../../parts/decoded', () => ({ keepDecoded: vi.fn() }));

export { fake };

export const { DeskError } = await import('../../ipc/desk');
export const { app } = await import('../../app.svelte');
export const { work } = await import('./work.svelte');

const HELD_MS = 10_000;
export const decision = (submission: string, verdict: 'pass' | 'reject'): DecisionView => ({
  decision: `d-${submission}`,
  submission,
  verdict,
  held_until: new Date(Date.now() + HELD_MS).toISOString(),
  message: { status: '' } as MessageCard,
});
/** A promise that is kept when the test says so. */
export function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
export const settled = () => new Promise((done) => setTimeout(done, 0));
/** What the desk will told.queue: what is in hand, and where the work was. */
export const told: { queue: QueueView; place: PlaceView } = { queue: queue([]), place: { submission: null, drafts: [] } };
let owner = 0;
let stop: () => void = () => undefined;

export async function start(names: string, views: Record<string, ReturnType<typeof view>> = {}): Promise<void> {
  stop();
  told.queue = queue([...names].map((name) => queued(name)));
  for (const mock of Object.values(fake)) mock.mockReset();
  fake.queue.mockImplementation(() => Promise.resolve(told.queue));
  fake.place.mockImplementation(() => Promise.resolve(told.place));
  fake.keepPlace.mockResolvedValue(undefined);
  fake.photo.mockImplementation((name: string) => Promise.resolve(views[name] ?? view(name)));
  fake.passPhoto.mockImplementation((name: string) => Promise.resolve(decision(name, 'pass')));
  fake.rejectPhoto.mockImplementation((name: string) => Promise.resolve(decision(name, 'reject')));
  fake.previewMessage.mockImplementation((_, verdict: string, reasons: string[], note: string) =>
    Promise.resolve({ status: verdict, remark: reasons.join(), note }),
  );
  app.session = {
    account: { id: `r${(owner += 1)}`, username: 'r', display_name: 'r', role: 'reviewer' },
    connection: 'online',
  };
  app.reasons = catalogue(reason('eyes', '闭眼'), reason('light', '光线'), reason('size', '尺寸'));
  begin();
  await settled();
}

/** Whoever is signed in begins to work. */
export function begin(): void {
  stop();
  stop = work.begin();
}

export function gone(...names: string[]): void {
  told.queue = { ...told.queue, photos: told.queue.photos.filter((photo) => !names.includes(photo.submission)) };
}

export const failing = view('a', [check('x', 'fail', 'eyes'), check('y', 'warn', 'light')]);
