import { expect, test } from 'vitest';
import { queued } from './samples.test-kit';
import { dueText, frames } from './strip';

const photos = [...'abcdef'].map((name) => queued(name));
const names = (index: number, count: number) =>
  frames(photos, index, count).map((photo) => photo?.submission ?? '-').join('');

test('the photo in front is always the second on the strip', () => {
  expect(names(0, 4)).toBe('-abc');
  expect(names(2, 4)).toBe('bcde');
  expect(names(5, 4)).toBe('ef--');
  expect(names(-1, 3)).toBe('-ab');
  expect(names(0, 0)).toBe('');
});

const now_ms = Date.parse('2026-11-24T02:00:00Z');
const due = (promised_at: string) => ({ promised_at, latest_at: promised_at });

test.each([
  [{ urgency: 'overdue' as const }, '▲ 逾期'],
  [{ urgency: 'due_today' as const, deadline: due('2026-11-24T09:00:00Z') }, '今日 17:00'],
  [{ urgency: 'due_today' as const, deadline: due('2026-11-23T09:00:00Z') }, '今日'],
  [{ urgency: 'later' as const, deadline: due('2026-11-26T09:00:00Z') }, '11-26'],
  [{ urgency: 'unknown' as const }, '–'],
])('%o', (more, text) => {
  expect(dueText(queued('a', more), now_ms)).toBe(text);
});
