import { describe, expect, test } from 'vitest';
import { conflictOf, Held, intentOf, keyMap, shownKey, USUAL, type Action, type Press, type Situation } from './keys';

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
const usual = (one: Press, situation = ready) => intentOf(one, situation, USUAL);

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
  ['ArrowRight', { do: 'next' }],
  ['ArrowUp', { do: 'check_up' }],
  ['d', { do: 'expand' }],
  ['g', { do: 'guides' }],
  ['l', { do: 'landmarks' }],
  ['e', { do: 'zoom_evidence' }],
  ['f', { do: 'actual' }],
  ['0', { do: 'fit' }],
  ['+', { do: 'closer' }],
  ['o', { do: 'outbox' }],
  ['h', { do: 'earlier' }],
  ['b', { do: 'blink' }],
  ['m', { do: 'match' }],
  ['k', { do: 'skip' }],
  ['w', { do: 'ask' }],
  ['【', { do: 'lane_before' }],
  [']', { do: 'lane_after' }],
  [';', { do: 'batch' }],
  ['t', { do: 'today' }],
  ['q', { do: 'find' }],
  ['？', { do: 'keys' }],
  [',', { do: 'settings' }],
])('%s', (key, intent) => {
  expect(usual(press(key))).toEqual(intent);
});

test.each(['x', 'Tab', ' ', 'F5'])('%s means nothing', (key) => {
  expect(usual(press(key))).toBeNull();
});

describe('a key that decides does nothing', () => {
  test.each(DECIDING)('%s before the photo is painted', (key) => {
    expect(usual(press(key), notYet)).toBeNull();
  });

  test.each([...DECIDING, 'z', 'a', 'Escape'])('%s while it is held down', (key) => {
    expect(usual(press(key, { repeat: true }))).toBeNull();
  });

  test.each([...DECIDING, 'z', 'ArrowLeft'])('%s in a text field, in an input method, with Control', (key) => {
    expect(usual(press(key, { inText: true }))).toBeNull();
    expect(usual(press(key, { composing: true }))).toBeNull();
    expect(usual(press(key, { modified: true }))).toBeNull();
  });
});

test('looking, undoing and arrows need no painted photo; arrows may repeat', () => {
  for (const key of ['z', 'Escape', '?']) expect(usual(press(key), notYet)).not.toBeNull();
  expect(usual(press('ArrowRight', { repeat: true }), notYet)).toEqual({ do: 'next' });
});

test('Enter belongs to a button that has the focus', () => {
  expect(usual(press('Enter', { onControl: true }))).toBeNull();
  expect(usual(press('p', { onControl: true }))).toEqual({ do: 'pass' });
});

describe('keys that a person chose', () => {
  const map = keyMap({ pass: ' ', next: 'j', gone: 'q' });

  test('take the place of the usual ones, with the same care', () => {
    expect(intentOf(press(' '), ready, map)).toEqual({ do: 'pass' });
    expect(intentOf(press('p'), ready, map)).toBeNull();
    expect(intentOf(press(' ', { repeat: true }), ready, map)).toBeNull();
    expect(intentOf(press('j', { repeat: true }), notYet, map)).toEqual({ do: 'next' });
    expect(Object.keys(map)).toEqual(Object.keys(USUAL));
  });

  test('may be had by one action only, and some by none', () => {
    expect(conflictOf(map, 'reject', 'j')).toBe('next');
    expect(conflictOf(map, 'next', 'j')).toBeNull();
    expect(conflictOf(map, 'reject', 'p')).toBeNull();
    for (const key of ['1', 'Enter', 'Escape', 'Tab', 'Shift', 'F5']) expect(conflictOf(map, 'pass', key)).toBe('fixed');
  });

  test('may mean another thing on another screen, but not two on one', () => {
    expect(conflictOf(map, 'mark_wrong', 'z')).toBeNull();
    expect(conflictOf(map, 'mark_wrong', 'y')).toBe('mark_right');
    expect(conflictOf(map, 'mark_wrong', 'j')).toBe('next');
    expect(conflictOf(map, 'next', 'y')).toBe('mark_right');
    expect(intentOf(press('y'), ready, map)).toBeNull();
  });

  test('are all different on each screen as they are usually', () => {
    for (const action of Object.keys(USUAL) as Action[]) expect(conflictOf(USUAL, action, USUAL[action]), action).toBeNull();
    expect(['ArrowLeft', ' ', 'p', 'Home'].map(shownKey)).toEqual(['←', 'Space', 'P', 'Home']);
  });
});

test('a key that comes down twice without coming up is held', () => {
  const held = new Held();
  expect([held.down('KeyP'), held.down('KeyP'), held.down('KeyR')]).toEqual([false, true, false]);
  held.up('KeyP');
  expect(held.down('KeyP')).toBe(false);
  held.forget();
  expect(held.down('KeyR')).toBe(false);
});
