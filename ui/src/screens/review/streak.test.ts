import { expect, test } from 'vitest';
import { tooFast } from './streak';

const every = (ms: number, count: number) => Array.from({ length: count }, (_, at) => 1000 + at * ms);

test('five photos in a row that were faster than the set pace are a streak', () => {
  expect(tooFast(every(400, 6), 600)).toBe(400);
  expect(tooFast(every(400, 5), 600)).toBeNull();
  expect(tooFast(every(600, 9), 600)).toBeNull();
  expect(tooFast(every(100, 9), 0)).toBeNull();
});

test('one look ends it', () => {
  expect(tooFast([0, 100, 200, 3200, 3300, 3400], 600)).toBeNull();
  expect(tooFast([0, 3000, 3100, 3200, 3300, 3400, 3500], 600)).toBe(100);
});
