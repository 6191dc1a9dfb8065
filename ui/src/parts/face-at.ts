// Where a photo lies so that its face is at the same place as others'.

import type { Eyes } from '../ipc/desk';
import type { Size } from './placement';

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
