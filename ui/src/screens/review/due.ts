// When a photo is due, as short as the film strip needs it.

import type { QueuedPhoto } from '../../ipc/desk';
import { clockTime, dayText, daysAhead } from '../../text/format';
import { m } from '../../text/words';

export function dueWords(photo: Pick<QueuedPhoto, 'deadline' | 'urgency'>, nowMs: number): string {
  if (photo.urgency === 'overdue') return m['strip.overdue']();
  if (!photo.deadline) return m['strip.no_deadline']();
  const { promised_at, latest_at } = photo.deadline;
  // Past its promise a photo is due by its latest time.
  const due = Date.parse(promised_at) < nowMs ? latest_at : promised_at;
  const days = daysAhead(due, nowMs);
  if (days <= 0) return m['strip.today']({ time: clockTime(due) });
  if (days === 1) return m['strip.tomorrow']();
  return dayText(due);
}
