import { expect, test } from 'vitest';
import { chipsOf, failing, toggled } from './chips';
import { catalogue, check, reason, view } from './samples.test-kit';

const codes = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const all = catalogue(...codes.map((code) => reason(code, code)));

test('suggested reasons come first, then those that were chosen elsewhere; nine have a key', () => {
  const chips = chipsOf(all, codes.slice(0, 8), ['j', 'b', 'i']);
  expect(chips.map(({ reason: { code }, key }) => `${code}${key ?? ''}`)).toEqual(
    ['a1', 'b2', 'c3', 'd4', 'e5', 'f6', 'g7', 'h8', 'j9', 'i'],
  );
  expect(chips.filter(({ chosen }) => chosen).map(({ reason: { code } }) => code)).toEqual(['b', 'j', 'i']);
});

test('a code that the catalogue lacks is left out', () => {
  expect(chipsOf(all, ['zz', 'a'], []).map(({ reason: { code } }) => code)).toEqual(['a']);
  expect(chipsOf(null, ['a'], [])).toEqual([]);
});

test('a reason is chosen once and dropped again, in the order of choosing', () => {
  expect(toggled(['b'], 'a')).toEqual(['b', 'a']);
  expect(toggled(['b', 'a'], 'b')).toEqual(['a']);
});

test('only reasons of checks that fail are chosen beforehand', () => {
  const photo = view('s', [check('x', 'fail', 'a'), check('y', 'warn', 'b'), check('z', 'unsure', 'c')]);
  expect(failing(photo)).toEqual(['a']);
  expect(failing({ ...photo, report: null, suggested: [] })).toEqual([]);
});
