import { describe, expect, test } from 'vitest';
import type { BundledDecision, Reason } from '../../ipc/desk';
import { decisionOn, matches, nextUnmarked, progressOf, reasonWords, refit, step, type Filter } from './marking';
import { decision } from './samples.test-kit';

const marked = (right: boolean): Partial<BundledDecision> => ({
  mark: { right, note: '', marked_at: '2026-11-25T01:00:00Z', supervisor: 's1' },
});
const rejected: Partial<BundledDecision> = { verdict: 'reject', reasons: ['eyes_closed'] };

const FILE = [
  decision('a', marked(true)),
  decision('b', rejected),
  decision('c', { undone: true }),
  decision('d', { ...rejected, ...marked(false) }),
  decision('e'),
];

test.each<[Filter, string]>([
  ['all', 'abcde'],
  ['unmarked', 'be'],
  ['rejected', 'bd'],
  ['passed', 'ace'],
  ['wrong', 'd'],
])('the filter %s shows %s', (filter, shown) => {
  expect(
    FILE.filter((one) => matches(one, filter))
      .map((one) => one.decision)
      .join(''),
  ).toBe(shown);
});

describe('the next unmarked', () => {
  test.each<[string | null, Filter, string | null]>([
    [null, 'all', 'b'],
    ['a', 'all', 'b'],
    ['b', 'all', 'e'],
    ['e', 'all', 'b'],
    ['b', 'rejected', 'b'],
    ['e', 'passed', 'e'],
    ['b', 'wrong', null],
  ])('behind %s under %s is %s', (current, filter, next) => {
    expect(nextUnmarked(FILE, current, filter)).toBe(next);
  });

  test('is none where all are marked', () => {
    expect(nextUnmarked([decision('a', marked(true)), decision('b', { undone: true })], 'a', 'all')).toBeNull();
    expect(nextUnmarked([], null, 'all')).toBeNull();
  });
});

describe('a step', () => {
  test.each<[string, Filter, 1 | -1, string]>([
    ['a', 'all', 1, 'b'],
    ['a', 'all', -1, 'a'],
    ['e', 'all', 1, 'e'],
    ['b', 'rejected', 1, 'd'],
    ['d', 'rejected', 1, 'd'],
    ['d', 'unmarked', 1, 'e'],
    ['d', 'unmarked', -1, 'b'],
  ])('from %s under %s by %s leads to %s', (current, filter, by, to) => {
    expect(step(FILE, current, filter, by)).toBe(to);
  });
});

test('another filter keeps what is looked at where it can', () => {
  expect(refit(FILE, 'd', 'rejected')).toBe('d');
  expect(refit(FILE, 'a', 'rejected')).toBe('b');
  expect(refit(FILE, 'a', 'all')).toBe('a');
  expect(refit([decision('a')], 'a', 'wrong')).toBeNull();
});

describe('progress', () => {
  test('counts what stands, and how much of what is marked is right', () => {
    expect(progressOf(FILE)).toEqual({ total: 4, marked: 2, right: 1, agreement_percent: 50 });
  });

  test('has no agreement before the first mark', () => {
    expect(progressOf([decision('a')])).toEqual({ total: 1, marked: 0, right: 0, agreement_percent: null });
  });

  test('says 100 only where all are right', () => {
    const many = Array.from({ length: 3000 }, (_, at) => decision(String(at), marked(at > 0)));
    expect(progressOf(many).agreement_percent).toBe(99.9);
    expect(progressOf(many.slice(1)).agreement_percent).toBe(100);
  });
});

test('of several decisions on one submission the last that was not taken back counts', () => {
  const on = (id: string, facts: Partial<BundledDecision> = {}) => decision(id, { submission: 's', ...facts });
  const found = (...file: BundledDecision[]) => decisionOn(file, 's')?.decision;
  expect(found(decision('a'), on('b'), on('c'), on('d', { undone: true }), decision('e'))).toBe('c');
  expect(found(on('b', { undone: true }))).toBe('b');
  expect(found(decision('a'))).toBeUndefined();
});

test('a reason is worded in the language, or by its code where the file lacks it', () => {
  const reason: Reason = {
    code: 'eyes_closed',
    group: 'pose',
    zh: '闭眼',
    en: 'Eyes closed',
    advice_zh: '',
    advice_en: '',
    suggested_by: [],
  };
  expect(reasonWords([reason], 'eyes_closed', 'zh-CN')).toBe('闭眼');
  expect(reasonWords([reason], 'eyes_closed', 'en')).toBe('Eyes closed');
  expect(reasonWords([reason], 'gone', 'en')).toBe('gone');
});
