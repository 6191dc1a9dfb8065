import { expect, test } from 'vitest';
import { hoursText, left } from './hours';
import { queue, queued } from './samples.test-kit';

const now_ms = Date.parse('2026-11-24T07:00:00Z');
const open = { open: true, next_change_at: '2026-11-24T09:00:00Z', missing_year: null, overtime: false };

test('what is left counts what is in hand and what waits', () => {
  expect(left(queue([queued('a')], { waiting_at_backend: 36 }))).toBe(37);
  expect(left(queue([queued('a')], { waiting_at_backend: null }))).toBe(1);
});

test.each([
  [open, null, '17:00 关门前还有 37 张'],
  [open, 60_000, '17:00 关门前还有 37 张，按现在的速度 15:37 审完'],
  [{ ...open, open: false, next_change_at: '2026-11-25T01:00:00Z' }, null, '现在休息，11-25 09:00 开门'],
  [{ ...open, open: false, overtime: true, next_change_at: '2026-11-25T01:00:00Z' }, null, '工作时间以外，主管已允许加班；11-25 09:00 开门'],
  [{ open: null, next_change_at: null, missing_year: 2027, overtime: false }, null, '工作日历缺 2027 年，到期时间算不出来'],
  [{ ...open, open: null }, null, '工作日历还没有到'],
  [{ open: null, next_change_at: null, missing_year: null, overtime: false }, null, '工作日历还没有到'],
])('%o', (hours, pace_ms, text) => {
  expect(hoursText(hours, 37, pace_ms, now_ms)).toBe(text);
});
