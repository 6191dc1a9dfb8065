// What a decision that waits to be sent is doing.

import type { OutboxItem } from '../../ipc/desk';
import { secondsUntil } from '../../text/times';

export type Sending =
  { kind: 'held'; seconds: number } | { kind: 'sending' } | { kind: 'waiting'; attempts: number };

export function sendingOf(item: OutboxItem, now_ms: number): Sending {
  const seconds = secondsUntil(item.held_until, now_ms);
  if (seconds > 0) return { kind: 'held', seconds };
  return item.attempts === 0 ? { kind: 'sending' } : { kind: 'waiting', attempts: item.attempts };
}

/** The decision that undo takes back: the last one that is still held. */
export function undoable(outbox: readonly OutboxItem[], now_ms: number): OutboxItem | null {
  const held = outbox.filter((item) => sendingOf(item, now_ms).kind === 'held');
  return held.reduce<OutboxItem | null>(
    (last, item) => (last === null || Date.parse(item.decided_at) > Date.parse(last.decided_at) ? item : last),
    null,
  );
}
