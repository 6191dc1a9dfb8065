import { expect, test } from 'vitest';
import { keyMap, USUAL } from '../review/keys';
import { cardPlace, tourKeys } from './steps';

const VIEW = { width: 1366, height: 768 };
const CARD = { width: 320, height: 160 };

test.each([
  ['a strip at the left', { left: 0, top: 40, width: 130, height: 630 }],
  ['a panel at the right', { left: 1030, top: 40, width: 336, height: 630 }],
  ['buttons at the bottom', { left: 12, top: 680, width: 250, height: 80 }],
  ['a button at the top right', { left: 1200, top: 4, width: 60, height: 32 }],
  ['a bar over the whole bottom', { left: 0, top: 672, width: 1366, height: 96 }],
])('the card stands beside %s, and never over it', (_, at) => {
  const { left, top } = cardPlace(at, CARD, VIEW, 12);
  const apart =
    left >= at.left + at.width || left + CARD.width <= at.left || top >= at.top + at.height || top + CARD.height <= at.top;
  expect(apart).toBe(true);
  expect(left >= 12 && top >= 12 && left + CARD.width <= VIEW.width - 12 && top + CARD.height <= VIEW.height - 12).toBe(true);
});

test('where there is no room beside it, the card stands at its bottom', () => {
  const { top } = cardPlace({ left: 100, top: 40, width: 1200, height: 700 }, CARD, VIEW, 12);
  expect(top).toBe(568);
});

test('the tour takes no key that means something', () => {
  expect(tourKeys(Object.values(USUAL))).toEqual({ on: ' ', back: 'Backspace' });
  expect(tourKeys(Object.values(keyMap({ pass: ' ', skip: 'Backspace' })))).toEqual({ on: 'PageDown', back: 'PageUp' });
});
