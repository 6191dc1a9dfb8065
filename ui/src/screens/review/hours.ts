// The desk's hours in a sentence.

import type { QueueView } from '../../ipc/desk';
import { m } from '../../text/text.svelte';
import { nearMomentOf } from '../../text/times';
import type { Problem } from './problem';

/** Photos that a desk can still do: in hand and waiting. */
export function left(queue: QueueView): number {
  return queue.photos.length + (queue.waiting_at_backend ?? 0);
}

type Hours = QueueView['hours'];

/** Outside working hours, and no supervisor allows overtime. */
export function isClosed(hours: Hours | undefined): boolean {
  return hours?.open === false && !hours.overtime;
}

/** Why a deciding key does nothing. */
export function closedProblem(hours: Hours | undefined, now_ms: number): Problem {
  const at = hours?.next_change_at;
  return at ? { code: 'closed_until', facts: { at: nearMomentOf(at, now_ms) } } : { code: 'closed', facts: {} };
}

export function hoursText(hours: Hours, count: number, pace_ms: number | null, now_ms: number): string {
  if (hours.missing_year !== null) return m.review_hours_missing_year({ year: hours.missing_year });
  if (hours.open === null || hours.next_change_at === null) return m.review_hours_unknown();
  const at = nearMomentOf(hours.next_change_at, now_ms);
  if (!hours.open) return hours.overtime ? m.review_hours_overtime({ at }) : m.review_hours_closed({ at });
  if (pace_ms === null || count === 0) return m.review_hours_open({ at, count });
  return m.review_hours_pace({ at, count, done: nearMomentOf(now_ms + count * pace_ms, now_ms) });
}
