import { expect, test } from 'vitest';
import { dayOf, hourOf, momentOf, nearMomentOf, secondsUntil } from './times';

test("times are Shanghai's, whatever the machine's zone", () => {
  expect(hourOf('2026-11-24T09:00:00Z')).toBe('17:00');
  expect(dayOf('2026-11-24T16:00:00Z')).toBe('2026-11-25');
  expect(momentOf('2026-12-31T16:05:00Z')).toBe('01-01 00:05');
});

test('a moment of today needs no date', () => {
  const now_ms = Date.parse('2026-11-24T02:00:00Z');
  expect(nearMomentOf('2026-11-24T09:00:00Z', now_ms)).toBe('17:00');
  expect(nearMomentOf('2026-11-25T01:00:00Z', now_ms)).toBe('11-25 09:00');
});

test('a countdown counts every begun second and ends at 0', () => {
  const now_ms = Date.parse('2026-11-24T02:00:00Z');
  expect(secondsUntil('2026-11-24T02:00:10Z', now_ms)).toBe(10);
  expect(secondsUntil('2026-11-24T02:00:00.001Z', now_ms)).toBe(1);
  expect(secondsUntil('2026-11-24T01:59:00Z', now_ms)).toBe(0);
});
