import { expect, test } from 'vitest';
import { remOf, scaleKey, stepped, windowScale } from './scale';

test.each([
  [1366, 768, 1],
  [1024, 600, 1],
  [1920, 1080, 1.15],
  [2560, 1440, 1.35],
  [2560, 768, 1],
])('a window of %s × %s is drawn at %s', (width, height, scale) => {
  expect(windowScale(width, height)).toBeCloseTo(scale);
});

test('what a person chose multiplies it', () => {
  expect(remOf(1366, 768, 150)).toBe(15);
  expect(remOf(2560, 1440, 200)).toBeCloseTo(27);
});

test('steps go through the scales and stop at the ends', () => {
  expect([stepped(100, 1), stepped(110, 1), stepped(200, 1)]).toEqual([110, 125, 200]);
  expect([stepped(200, -1), stepped(120, -1), stepped(100, -1)]).toEqual([175, 110, 100]);
});

test('Control with plus, minus and zero', () => {
  const press = (key: string, ctrlKey = true) => ({ key, ctrlKey, metaKey: false, altKey: false });
  expect([scaleKey(press('='), 100), scaleKey(press('-'), 125), scaleKey(press('0'), 175)]).toEqual([110, 110, 100]);
  expect([scaleKey(press('+', false), 100), scaleKey(press('p'), 100)]).toEqual([null, null]);
});
