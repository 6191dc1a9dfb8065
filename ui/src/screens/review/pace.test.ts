import { expect, test } from 'vitest';
import { paceOf, remembered } from './pace';

const every = (gaps: number[]) => gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [0]);

test('the pace is the median gap; breaks do not count', () => {
  expect(paceOf(every([2000, 3000, 2500, 600_000, 2500, 9000]))).toBe(2500);
});

test('a few decisions say nothing yet', () => {
  expect(paceOf(every([2000, 2000, 2000, 2000]))).toBeNull();
  expect(paceOf([])).toBeNull();
});

test('only the last while is remembered', () => {
  let all: number[] = [];
  for (let at = 0; at < 100; at += 1) all = remembered(all, at);
  expect(all).toHaveLength(40);
  expect(all.at(-1)).toBe(99);
});
