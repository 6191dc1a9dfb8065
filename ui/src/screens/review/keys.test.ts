import { describe, expect, test } from 'vitest';
import { intentOf, type Press, type Situation } from './keys';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  repeat: false,
  composing: false,
  modified: false,
  inText: false,
  onControl: false,
  ...more,
});
const ready: Situation = { decidable: true };
const notYet: Situation = { decidable: false };
const DECIDING = ['p', 'r', 'Enter', '1', '9', '/', 'n'];

test.each([
  ['p', { do: 'pass' }],
  ['P', { do: 'pass' }],
  ['r', { do: 'reject' }],
  ['Enter', { do: 'send' }],
  ['1', { do: 'toggle', index: 0 }],
  ['9', { do: 'toggle', index: 8 }],
  ['/', { do: 'others' }],
  ['、', { do: 'others' }],
  ['n', { do: 'note' }],
  ['z', { do: 'undo' }],
  ['a', { do: 'acknowledge' }],
  ['Escape', { do: 'leave' }],
  ['ArrowRight', { do: 'move', by: 1 }],
  ['ArrowUp', { do: 'check', by: -1 }],
  ['d', { do: 'expand' }],
  ['g', { do: 'guides' }],
  ['e', { do: 'evidence' }],
  ['f', { do: 'actual' }],
  ['o', { do: 'outbox' }],
  ['?', { do: 'keys' }],
  [',', { do: 'settings' }],
])('%s', (key, intent) => {
  expect(intentOf(press(key), ready)).toEqual(intent);
});

test.each(['0', 'x', 'Tab', ' ', 'F5'])('%s means nothing', (key) => {
  expect(intentOf(press(key), ready)).toBeNull();
});

describe('a key that decides does nothing', () => {
  test.each(DECIDING)('%s before the photo is painted', (key) => {
    expect(intentOf(press(key), notYet)).toBeNull();
  });

  test.each([...DECIDING, 'z', 'a'])('%s while it is held down', (key) => {
    expect(intentOf(press(key, { repeat: true }), ready)).toBeNull();
  });

  test.each([...DECIDING, 'z', 'ArrowLeft'])('%s in a text field, in an input method, with Control', (key) => {
    expect(intentOf(press(key, { inText: true }), ready)).toBeNull();
    expect(intentOf(press(key, { composing: true }), ready)).toBeNull();
    expect(intentOf(press(key, { modified: true }), ready)).toBeNull();
  });
});

test('looking, undoing and arrows need no painted photo; arrows may repeat', () => {
  for (const key of ['z', 'Escape', '?']) expect(intentOf(press(key), notYet)).not.toBeNull();
  expect(intentOf(press('ArrowRight', { repeat: true }), notYet)).toEqual({ do: 'move', by: 1 });
});

test('Enter belongs to a button that has the focus', () => {
  expect(intentOf(press('Enter', { onControl: true }), ready)).toBeNull();
  expect(intentOf(press('p', { onControl: true }), ready)).toEqual({ do: 'pass' });
});
