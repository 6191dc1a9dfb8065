import { expect, test } from 'vitest';
import { dayOf } from '../../text/times';
import { isDay, shanghaiTime } from './days';

// What the export begins with.
test.each([
  ['2026-11-24T15:59:59Z', '2026-11-24'],
  ['2026-11-24T16:00:00Z', '2026-11-25'],
  ['2026-12-31T23:30:00Z', '2027-01-01'],
])('at %s it is %s in Shanghai', (now, day) => {
  expect(dayOf(Date.parse(now))).toBe(day);
});

test('a moment is told in Shanghai time', () => {
  expect(shanghaiTime('2026-11-24T08:03:09.512Z')).toBe('2026-11-24 16:03:09');
  expect(shanghaiTime('soon')).toBe('soon');
});

test.each([
  ['2026-11-24', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['24.11.2026', false],
  ['', false],
])('"%s" is a day: %s', (typed, answer) => {
  expect(isDay(typed)).toBe(answer);
});
