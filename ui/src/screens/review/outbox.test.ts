import { expect, test } from 'vitest';
import { sendingOf, undoable } from './outbox';
import { item } from './samples.test-kit';

const at = (text: string) => Date.parse(`2026-11-24T${text}Z`);

test('a decision is held, then sent, then waits for the network', () => {
  expect(sendingOf(item('a'), at('02:00:03.200'))).toEqual({ kind: 'held', seconds: 7 });
  expect(sendingOf(item('a'), at('02:00:10'))).toEqual({ kind: 'sending' });
  expect(sendingOf(item('a', { attempts: 3 }), at('02:00:10'))).toEqual({ kind: 'waiting', attempts: 3 });
});

test('undo takes back the last decision that is still held', () => {
  const older = item('a', { decided_at: '2026-11-24T02:00:00Z' });
  const newer = item('b', { decided_at: '2026-11-24T02:00:05Z', held_until: '2026-11-24T02:00:15Z' });
  expect(undoable([older, newer], at('02:00:06'))?.decision).toBe('b');
  expect(undoable([newer, older], at('02:00:12'))?.decision).toBe('b');
  expect(undoable([newer, older], at('02:00:15'))).toBeNull();
});
