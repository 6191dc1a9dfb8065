// Other photos of the same shot (同版): which of them stands beside the one in front, and where its face lies.

import type { Eyes, PhotoView, SameShotView } from '../../ipc/desk';
import type { Size } from '../../parts/placement';
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

const EYES_APART = 0.36;
const EYES_DOWN = 0.42;

/** Where a photo lies so that its face fills a box, always at the same place: CSS pixels, and so many in a photo pixel. */
export function faceAt({ left_eye_px: left, right_eye_px: right }: Eyes, box: Size): { left: number; top: number; scale: number } {
  const apart = Math.hypot(right.x_px - left.x_px, right.y_px - left.y_px);
  const scale = (EYES_APART * box.width) / Math.max(1, apart);
  return {
    scale,
    left: box.width / 2 - ((left.x_px + right.x_px) / 2) * scale,
    top: EYES_DOWN * box.height - ((left.y_px + right.y_px) / 2) * scale,
  };
}
