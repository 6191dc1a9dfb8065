// Other photos of the same shot (同版): which of them stands beside the one in front.

import type { PhotoView, SameShotView } from '../../ipc/desk';
import { quantity } from '../../text/measures';

export interface Beside {
  /** Index of the match. */
  match: number;
  /** In turn at one place, instead of side by side. */
  blink: boolean;
}

/** What the key brings next: a match side by side, then in turn, then the next match; after the last, the photo alone. */
export function nextBeside(now: Beside | null, count: number): Beside | null {
  if (count === 0) return null;
  if (!now) return { match: 0, blink: false };
  if (!now.blink) return { ...now, blink: true };
  return now.match + 1 < count ? { match: now.match + 1, blink: false } : null;
}

/** A photo that nobody has compared yet, though it has a face that could be. */
export function isWaiting(photo: PhotoView): boolean {
  const check = photo.report?.checks.find((one) => one.code === 'same_shot');
  return photo.same_shots === null && check?.status === 'not_applicable' && photo.report?.geometry != null;
}

/** How far the features have moved, of the distance between the eyes. */
export function movedText({ moved_percent: moved }: SameShotView): string {
  return moved === null ? '–' : quantity(moved, 'percent');
}
