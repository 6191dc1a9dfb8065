import { expect, test } from 'vitest';
import type { DayView, ReasonCatalogue } from '../../ipc/desk';
import { byHour, byMachine, byReason, passRate, type Words } from './figures';

const words: Words = {
  passed: 'passed',
  rejected: 'rejected',
  count: 'count',
  others: 'others',
  machine: { pass: 'fine', warn: 'hint', fail: 'not', unsure: 'unsure', not_applicable: '–' },
};

function day(changed: Partial<DayView> = {}): DayView {
  return {
    day: '2026-11-24',
    passed: 0,
    rejected: 0,
    hours: Array.from({ length: 24 }, () => ({ passed: 0, rejected: 0 })),
    median_look_ms: null,
    long_look_ms: null,
    reasons: [],
    machine: [],
    blind: { shown: 0, changed: 0 },
    due: [],
    waiting_to_send: 0,
    ...changed,
  };
}

test('an idle day shows the working hours', () => {
  const bars = byHour(day(), words);
  expect(bars.labels).toEqual(['9:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00']);
  expect(bars.series.flatMap(({ values }) => values)).toEqual(Array(16).fill(0));
});

test('an hour outside them is shown where something was decided, and none between is left out', () => {
  const hours = day().hours.map((hour, at) => (at === 20 ? { passed: 3, rejected: 1 } : hour));
  const bars = byHour(day({ hours }), words);
  expect(bars.labels.at(0)).toBe('9:00');
  expect(bars.labels.at(-1)).toBe('20:00');
  expect(bars.labels).toHaveLength(12);
  expect(bars.series.map(({ values }) => values.at(-1))).toEqual([3, 1]);
});

test('reasons have the words of the language, and the rare ones are summed up', () => {
  const catalogue = { reasons: [{ code: 'r0', zh: '闭眼', en: 'Eyes closed' }] } as unknown as ReasonCatalogue;
  const reasons = Array.from({ length: 11 }, (_, at) => ({ code: `r${at}`, count: 11 - at }));
  const bars = byReason(day({ reasons }), catalogue, 'zh-CN', words);
  expect(bars.labels).toEqual(['闭眼', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'others']);
  expect(bars.series[0]?.values.at(-1)).toBe(3 + 2 + 1);
  expect(byReason(day({ reasons }), catalogue, 'en', words).labels[0]).toBe('Eyes closed');
});

test('what the machine said stands beside what was decided', () => {
  const bars = byMachine(day({ machine: [{ machine: 'fail', passed: 1, rejected: 9 }] }), words);
  expect(bars.labels).toEqual(['not']);
  expect(bars.series.map(({ values }) => values)).toEqual([[1], [9]]);
});

test('a pass rate needs a decision', () => {
  expect(passRate({ passed: 0, rejected: 0 })).toBeNull();
  expect(passRate({ passed: 2, rejected: 1 })).toBe(67);
});
