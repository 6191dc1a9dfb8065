import { describe, expect, test } from 'vitest';
import { moved, nearby, stayOrNext, successor } from './order';
import { queued } from './samples.test-kit';

const photos = (names: string, unready = '') => [...names].map((name) => queued(name, { ready: !unready.includes(name) }));

describe('who comes after a decision', () => {
  test('the one that took the place', () => {
    expect(successor(photos('acd'), 1)).toBe('c');
  });
  test('the last, where the end was decided', () => {
    expect(successor(photos('ab'), 2)).toBe('b');
  });
  test('the next that is ready, before one that is not', () => {
    expect(successor(photos('acde', 'cd'), 1)).toBe('e');
    expect(successor(photos('acd', 'cd'), 1)).toBe('a');
    expect(successor(photos('cd', 'cd'), 0)).toBe('c');
  });
  test('nobody, where nothing is left', () => {
    expect(successor([], 0)).toBeNull();
  });
});

describe('when the list changes', () => {
  test('the photo in front stays, wherever it is now', () => {
    expect(stayOrNext(photos('abc'), photos('xxb'), 'b')).toBe('b');
  });
  test('one that is gone gives its place to the next', () => {
    expect(stayOrNext(photos('abc'), photos('ac'), 'b')).toBe('c');
  });
  test('at the beginning it is the first that is ready', () => {
    expect(stayOrNext([], photos('abc', 'a'), null)).toBe('b');
    expect(stayOrNext([], [], null)).toBeNull();
  });
  test('one that is on its way gives place to one that is ready', () => {
    expect(stayOrNext(photos('ab', 'ab'), photos('ab', 'a'), 'a')).toBe('b');
    expect(stayOrNext(photos('ab', 'ab'), photos('xab', 'xab'), 'a')).toBe('a');
  });
});

test('arrows stop at the ends', () => {
  expect(moved(photos('abc'), 'b', 1)).toBe('c');
  expect(moved(photos('abc'), 'c', 1)).toBe('c');
  expect(moved(photos('abc'), 'a', -1)).toBe('a');
  expect(moved(photos('abc'), null, 1)).toBe('a');
  expect(moved([], null, 1)).toBeNull();
});

test('what is fetched ahead: the one in front, the next, the one before, then those after; only what is ready', () => {
  const names = (all: ReturnType<typeof nearby>) => all.map((photo) => photo.submission).join('');
  expect(names(nearby(photos('abcdefg'), 'c'))).toBe('cdbefg');
  expect(names(nearby(photos('abcdefg', 'd'), 'c'))).toBe('cebfg');
  expect(names(nearby(photos('abcdefghij'), null))).toBe('abcdefg');
});
