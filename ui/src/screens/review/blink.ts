// Where two photos of one person lie when they are shown in turn, or side by side.

import type { Eyes } from '../../ipc/desk';
import { fitted, type Placement, type Size } from '../../parts/placement';

export interface Seen {
  size: Size;
  /** Absent: where the eyes are is not known. */
  eyes: Eyes | null;
}

/** The new photo fills the frame; the old one lies so that its eyes are where the new one's are, else it fills it too. */
export function aligned(now: Seen, before: Seen, frame: Size): { now: Placement; before: Placement } {
  const place = fitted(now.size, frame);
  const [eyes, old] = [eyesOf(now.eyes), eyesOf(before.eyes)];
  if (!eyes || !old) {
    const scale = place.height / before.size.height;
    const width = before.size.width * scale;
    return { now: place, before: { scale, width, height: place.height, left: (frame.width - width) / 2, top: place.top } };
  }
  const scale = (place.scale * eyes.apart) / old.apart;
  return {
    now: place,
    before: {
      scale,
      width: before.size.width * scale,
      height: before.size.height * scale,
      left: place.left + eyes.x * place.scale - old.x * scale,
      top: place.top + eyes.y * place.scale - old.y * scale,
    },
  };
}

function eyesOf(eyes: Eyes | null): { x: number; y: number; apart: number } | null {
  if (!eyes) return null;
  const { left_eye_px: left, right_eye_px: right } = eyes;
  const apart = Math.hypot(right.x_px - left.x_px, right.y_px - left.y_px);
  return apart > 0 ? { x: (left.x_px + right.x_px) / 2, y: (left.y_px + right.y_px) / 2, apart } : null;
}
