import { expect, test } from 'vitest';
import { HOLD_S, LEASE_AHEAD, wholeNumber } from './numbers';

test.each([
  ['0', 0],
  [' 10 ', 10],
  ['60', 60],
  ['１５', 15],
  ['007', 7],
  ['61', null],
  ['-1', null],
  ['1.5', null],
  ['1e1', null],
  ['', null],
  ['十', null],
  ['99999999999', null],
])('a hold of "%s" is %s', (typed, value) => {
  expect(wholeNumber(typed, HOLD_S)).toBe(value);
});

test('at least one photo and at most a hundred are taken ahead', () => {
  expect(wholeNumber('0', LEASE_AHEAD)).toBeNull();
  expect(wholeNumber('1', LEASE_AHEAD)).toBe(1);
  expect(wholeNumber('100', LEASE_AHEAD)).toBe(100);
  expect(wholeNumber('101', LEASE_AHEAD)).toBeNull();
});
