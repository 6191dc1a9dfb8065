import { expect, test } from 'vitest';
import { actionOf, type Action, type Key } from './keys';

const pressed = (key: string, more: Partial<Key> = {}): Key => ({
  key,
  repeat: false,
  modified: false,
  composing: false,
  ...more,
});

test.each<[string, Action | null, Action | null]>([
  ['y', 'mark-right', null],
  ['N', 'mark-wrong', null],
  ['t', 'note', null],
  ['ArrowLeft', 'previous', null],
  ['ArrowRight', 'next', null],
  ['d', 'expand', null],
  ['Escape', 'close', 'leave-note'],
  ['p', null, null],
])('%s does %s, and %s in a field', (key, outside, inside) => {
  expect(actionOf(pressed(key), false)).toBe(outside);
  expect(actionOf(pressed(key), true)).toBe(inside);
});

test('a key that is held down steps on, but does not mark on', () => {
  expect(actionOf(pressed('ArrowRight', { repeat: true }), false)).toBe('next');
  expect(actionOf(pressed('y', { repeat: true }), false)).toBeNull();
  expect(actionOf(pressed('Escape', { repeat: true }), false)).toBeNull();
});

test("the system's and the input method's keys are left alone", () => {
  expect(actionOf(pressed('n', { modified: true }), false)).toBeNull();
  expect(actionOf(pressed('y', { composing: true }), false)).toBeNull();
  expect(actionOf(pressed('Escape', { composing: true }), true)).toBeNull();
});
