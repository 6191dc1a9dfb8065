import { expect, test } from 'vitest';
import { affordable, BUDGET_PX, shownPixels } from './ahead';

const photos = (names: string, pixels: number) => [...names].map((src) => ({ src, pixels }));

test('small photos are all decoded, large ones as far as the budget goes', () => {
  expect(affordable(photos('abcdefgh', 480 * 640)).join('')).toBe('abcdefgh');
  expect(affordable(photos('abcdefgh', 2_000_000)).join('')).toBe('abcd');
  expect(BUDGET_PX * 4).toBeLessThanOrEqual(32e6);
});

test('the photo in front and the next are decoded whatever they cost', () => {
  expect(affordable(photos('abc', 90_000_000)).join('')).toBe('ab');
});

test('what is less likely takes no room from what is more likely', () => {
  const wanted = [...photos('ab', 3_000_000), ...photos('c', 6_000_000), ...photos('d', 1)];
  expect(affordable(wanted).join('')).toBe('ab');
});

test('nothing is wanted where nothing is in hand', () => {
  expect(affordable([])).toEqual([]);
});

test('a large photo is decoded at the size of a screen', () => {
  expect(shownPixels(3000, 4000)).toBe(1200 * 1600);
  expect(shownPixels(480, 640)).toBe(480 * 640);
});
