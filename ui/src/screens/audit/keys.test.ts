import { expect, test } from 'vitest';
import { keyMap } from '../review/keys';
import { actionOf, type Action, type Key } from './keys';

const usual = keyMap({});

const pressed = (key: string, more: Partial<Key> = {}): Key => ({
  key,
  repeat: false,
  modified: false,
  composing: false,
  ...more,
});

test.each<[string, Action | null, Action | null]>([
  ['y', 'mark_right', null],
  ['N', 'mark_wrong', null],
  ['t', 'mark_note', null],
  ['ArrowLeft', 'previous', null],
  ['ArrowRight', 'next', null],
  ['d', 'expand', null],
  ['Escape', 'close', 'leave-note'],
  ['?', 'keys', null],
  ['p', null, null],
  ['z', null, null],
])('%s does %s, and %s in a field', (key, outside, inside) => {
  expect(actionOf(pressed(key), false, usual)).toBe(outside);
  expect(actionOf(pressed(key), true, usual)).toBe(inside);
});

test('a key that is held down steps on, but does not mark on', () => {
  expect(actionOf(pressed('ArrowRight', { repeat: true }), false, usual)).toBe('next');
  expect(actionOf(pressed('y', { repeat: true }), false, usual)).toBeNull();
  expect(actionOf(pressed('Escape', { repeat: true }), false, usual)).toBeNull();
});

test('a key that a person chose takes the place of the usual one', () => {
  const map = keyMap({ mark_right: 'z', next: 'j' });
  expect(actionOf(pressed('z'), false, map)).toBe('mark_right');
  expect(actionOf(pressed('y'), false, map)).toBeNull();
  expect(actionOf(pressed('j', { repeat: true }), false, map)).toBe('next');
});

test("the system's and the input method's keys are left alone", () => {
  expect(actionOf(pressed('n', { modified: true }), false, usual)).toBeNull();
  expect(actionOf(pressed('y', { composing: true }), false, usual)).toBeNull();
  expect(actionOf(pressed('Escape', { composing: true }), true, usual)).toBeNull();
});
