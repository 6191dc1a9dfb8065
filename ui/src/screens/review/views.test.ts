import { beforeEach, expect, test, vi } from 'vitest';
import type { PhotoView } from '../../ipc/desk';
import { view } from './samples.test-kit';

const photo = vi.hoisted(() => vi.fn<(submission: string) => Promise<PhotoView>>());
vi.mock('../../ipc/desk', () => ({ desk: { photo } }));
const { Views } = await import('./views.svelte');

beforeEach(() => photo.mockReset().mockImplementation((submission) => Promise.resolve(view(submission))));

test('a view is asked for once', async () => {
  const views = new Views();
  expect(views.get('a')).toBeNull();
  expect(await Promise.all([views.load('a'), views.load('a')])).toEqual([true, false]);
  expect(await views.load('a')).toBe(false);
  expect(photo).toHaveBeenCalledTimes(1);
  expect(views.get('a')?.submission).toBe('a');
});

test('one that was told before it was compared with others is asked for again', async () => {
  const views = new Views();
  photo.mockResolvedValueOnce(view('a', [], { same_shots: null }));
  expect([await views.load('a', false), await views.load('a', false)]).toEqual([true, false]);
  expect([await views.load('a', true), await views.load('a', true)]).toEqual([true, false]);
  expect(views.get('a')?.same_shots).toEqual([]);
});

test('one that failed is asked for again', async () => {
  const views = new Views();
  photo.mockRejectedValueOnce(new Error('not_ready'));
  await expect(views.load('a')).rejects.toThrow('not_ready');
  expect(await views.load('a')).toBe(true);
});

test('an answer for a person who has left is not kept', async () => {
  const views = new Views();
  const loading = views.load('a');
  views.forget();
  expect(await loading).toBe(false);
  expect(views.get('a')).toBeNull();
});

test('the oldest go when there are too many', async () => {
  const views = new Views();
  for (let at = 0; at < 151; at += 1) await views.load(`s${at}`);
  expect([views.get('s0'), views.get('s150')?.submission]).toEqual([null, 's150']);
});
