import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Calm } from './calm';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what comes while a photo is on its way is done once it is there, once each', () => {
  const [calm, done] = [new Calm(), [] as string[]];
  const first = () => void done.push('first');
  calm.after(first);
  expect(done).toEqual(['first']);
  calm.begin();
  calm.after(first);
  calm.after(first);
  calm.after(() => done.push('second'));
  expect(done).toEqual(['first']);
  calm.end();
  expect(done).toEqual(['first', 'first']);
  // Each in a frame of its own, and none while the next photo is on its way.
  calm.begin();
  vi.advanceTimersByTime(100);
  expect(done).toEqual(['first', 'first']);
  calm.end();
  expect(done).toEqual(['first', 'first', 'second']);
  vi.runAllTimers();
  expect(done).toHaveLength(3);
  calm.after(first);
  expect(done).toHaveLength(4);
});

test('a photo that never comes keeps nothing waiting', () => {
  const [calm, done] = [new Calm(), vi.fn()];
  calm.begin();
  calm.after(done);
  vi.advanceTimersByTime(1000);
  expect(done).toHaveBeenCalledOnce();
});
