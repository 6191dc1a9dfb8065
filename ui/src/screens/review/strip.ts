// Which photos the film strip shows, and what it says of when they are due.

import type { QueuedPhoto } from '../../ipc/desk';
import { m } from '../../text/text.svelte';
import { dayOf, hourOf, monthDayOf } from '../../text/times';

/** Place of the photo in front, counted from 0. */
const FRONT = 1;

/** `count` places from top to bottom; `null` where nothing is. */
export function frames(photos: readonly QueuedPhoto[], index: number, count: number): (QueuedPhoto | null)[] {
  const first = Math.max(0, index) - FRONT;
  return Array.from({ length: count }, (_, slot) => photos[first + slot] ?? null);
}

export function dueText(photo: QueuedPhoto, now_ms: number): string {
  const promised = photo.deadline?.promised_at;
  switch (photo.urgency) {
    case 'overdue':
      return m.review_due_overdue();
    case 'due_today':
      return promised && dayOf(promised) === dayOf(now_ms)
        ? m.review_due_today_at({ at: hourOf(promised) })
        : m.review_due_now();
    case 'later':
      return promised ? monthDayOf(promised) : '–';
    case 'unknown':
      return '–';
  }
}
