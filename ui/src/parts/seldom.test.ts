import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { seldom } from './seldom';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('is done at once, then seldom, and once more after the last time it was asked for', () => {
  const done = vi.fn();
  const ask = seldom(done, 100);
  ask();
  expect(done).toHaveBeenCalledTimes(1);
  for (let at = 0; at < 25; at += 1) {
    ask();
    vi.advanceTimersByTime(10);
  }
  expect(done).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(1000);
  expect(done).toHaveBeenCalledTimes(4);
  ask();
  expect(done).toHaveBeenCalledTimes(5);
});
