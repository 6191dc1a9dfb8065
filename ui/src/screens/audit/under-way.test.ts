import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const fake = vi.hoisted(() => ({ progress: vi.fn(), cancel: vi.fn() }));
vi.mock('../../ipc/desk', () => ({ desk: fake }));
const { underWay } = await import('./under-way.svelte');

beforeEach(() => {
  vi.useFakeTimers();
  fake.progress.mockReset().mockResolvedValue({ percent: 40 });
  fake.cancel.mockReset().mockResolvedValue(undefined);
});
afterEach(() => vi.useRealTimers());

test('a long action is followed while it lasts, and can be ended', async () => {
  underWay.cancel();
  expect(fake.cancel, 'nothing is under way').not.toHaveBeenCalled();
  let finish: (value: string) => void = () => undefined;
  const done = underWay.run(() => new Promise<string>((end) => (finish = end)));
  expect([underWay.active, underWay.percent]).toEqual([true, 0]);
  await vi.advanceTimersByTimeAsync(250);
  expect(underWay.percent).toBe(40);
  underWay.cancel();
  expect(fake.cancel).toHaveBeenCalledOnce();
  finish('written');
  expect(await done).toBe('written');
  await vi.advanceTimersByTimeAsync(1000);
  expect(fake.progress).toHaveBeenCalledOnce();
  expect(underWay.active).toBe(false);
});

test('what is refused ends it as well', async () => {
  await expect(underWay.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(underWay.active).toBe(false);
});
