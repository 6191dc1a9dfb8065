import { beforeEach, expect, test, vi } from 'vitest';
import type { PhotoView, SameShotView } from '../../ipc/desk';
import { view } from './samples.test-kit';

const photo = vi.hoisted(() => vi.fn<(submission: string) => Promise<PhotoView>>());
vi.mock('../../ipc/desk', () => ({ desk: { photo } }));
const { Views } = await import('./views.svelte');

beforeEach(() => photo.mockReset().mockImplementation((submission) => Promise.resolve(view(submission))));

test('a view is asked for once', async () => {
  const views = new Views();
  expect(views.get('a')).toBeNull();
  expect(await Promise.all([views.load('a', 0), views.load('a', 0)])).toEqual([true, false]);
  expect(await views.load('a', 0)).toBe(false);
  expect(photo).toHaveBeenCalledTimes(1);
  expect(views.get('a')?.submission).toBe('a');
});

test('one that was told when others of the same shot were not known is asked for again', async () => {
  const views = new Views();
  const same = { submission: 'b' } as SameShotView;
  for (const [same_shots, count] of [[null, null], [[], 0], [[same], 1]] as const) {
    photo.mockResolvedValueOnce(view('a', [], { same_shots: same_shots && [...same_shots] }));
    expect([await views.load('a', count), await views.load('a', count)]).toEqual([true, false]);
  }
  expect(views.get('a')?.same_shots).toEqual([same]);
});

test('one that failed is asked for again', async () => {
  const views = new Views();
  photo.mockRejectedValueOnce(new Error('not_ready'));
  await expect(views.load('a', 0)).rejects.toThrow('not_ready');
  expect(await views.load('a', 0)).toBe(true);
});

test('an answer for a person who has left is not kept', async () => {
  const views = new Views();
  const loading = views.load('a', 0);
  views.forget();
  expect(await loading).toBe(false);
  expect(views.get('a')).toBeNull();
});

test('the oldest go when there are too many', async () => {
  const views = new Views();
  for (let at = 0; at < 151; at += 1) await views.load(`s${at}`, 0);
  expect([views.get('s0'), views.get('s150')?.submission]).toEqual([null, 's150']);
});
