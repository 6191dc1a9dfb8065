import { expect, test } from 'vitest';
import { rowsInSight, scrollTo } from './rows';

test.each([
  [0, 320, 1000, [0, 14]],
  [3200, 320, 1000, [96, 114]],
  [31_680, 320, 1000, [986, 1000]],
  [0, 320, 3, [0, 3]],
  [9999, 320, 3, [3, 3]],
])('scrolled by %s of rows 32 high', (scrolled, height, count, rows) => {
  expect(rowsInSight(scrolled, height, 32, count)).toEqual(rows);
});

test('a list scrolls only as far as it must', () => {
  expect(scrollTo(2, 0, 320, 32)).toBe(0);
  expect(scrollTo(10, 0, 320, 32)).toBe(32);
  expect(scrollTo(5, 320, 320, 32)).toBe(160);
  expect(scrollTo(12, 320, 320, 32)).toBe(320);
});
