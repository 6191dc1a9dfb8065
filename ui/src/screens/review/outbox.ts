// What a decision that waits to be sent is doing.

import type { DecisionView, OutboxItem, QueuedPhoto } from '../../ipc/desk';
import { secondsUntil } from '../../text/times';

export type Sending =
  { kind: 'held'; seconds: number } | { kind: 'sending' } | { kind: 'waiting'; attempts: number };

export function sendingOf(item: OutboxItem, now_ms: number): Sending {
  const seconds = secondsUntil(item.held_until, now_ms);
  if (seconds > 0) return { kind: 'held', seconds };
  return item.attempts === 0 ? { kind: 'sending' } : { kind: 'waiting', attempts: item.attempts };
}

/** A decision that was just made, until the desk tells of it. */
export function heldItem(
  photo: QueuedPhoto,
  { decision, submission, verdict, held_until }: DecisionView,
  reasons: string[],
  note: string,
  now_ms: number,
): OutboxItem {
  const decided_at = new Date(now_ms).toISOString();
  const { masked_name } = photo;
  return { decision, submission, masked_name, verdict, reasons, note, decided_at, held_until, attempts: 0 };
}

/** The decision that undo takes back: the last one that is still held. */
export function undoable(outbox: readonly OutboxItem[], now_ms: number): OutboxItem | null {
  const held = outbox.filter((item) => sendingOf(item, now_ms).kind === 'held');
  return held.reduce<OutboxItem | null>(
    (last, item) => (last === null || Date.parse(item.decided_at) > Date.parse(last.decided_at) ? item : last),
    null,
  );
}
