// How the photo is looked at: all of it, a pixel a pixel, at the evidence, or closer at a point.

import type { Point, Rect } from '../ipc/desk';
import { centreOf, closeTo, fitted, placed, type Placement, type Size } from './placement';

/** Enlarged by hand: what of the photo is in the middle of the frame, and CSS pixels in a photo pixel. */
export interface Close {
  at: Point;
  scale: number;
}

export type Look = 'fit' | 'actual' | 'evidence' | Close;

export interface Scene {
  photo: Size;
  frame: Size;
  /** Room at the left for rulers while all of the photo is seen, in CSS pixels. */
  gutter: number;
  /** Device pixels in a CSS pixel. */
  density: number;
  evidence: Rect | null;
  face: Rect | null;
}

/** So many CSS pixels in a photo pixel are enough. */
const CLOSEST = 16;

export function placementOf(look: Look, scene: Scene): Placement {
  const { photo, frame, gutter, density, evidence, face } = scene;
  if (typeof look === 'object') return placed(photo, frame, look.scale, look.at);
  if (look === 'evidence' && evidence) return closeTo(photo, frame, evidence);
  if (look === 'fit') {
    const whole = fitted(photo, { width: Math.max(1, frame.width - gutter), height: frame.height });
    return { ...whole, left: Math.max(gutter, whole.left + gutter / 2) };
  }
  const whole: Rect = { x_px: 0, y_px: 0, width_px: photo.width, height_px: photo.height };
  return placed(photo, frame, 1 / density, centreOf(face ?? whole));
}

/** Closer or farther by a factor, with what lies under the cursor staying there. Far enough is all of it. */
export function zoomed(now: Placement, scene: Scene, cursor: { x: number; y: number }, factor: number): Look {
  const whole = placementOf('fit', scene).scale;
  const scale = Math.min(now.scale * factor, Math.max(CLOSEST, whole));
  if (scale <= whole) return 'fit';
  const under: Point = { x_px: (cursor.x - now.left) / now.scale, y_px: (cursor.y - now.top) / now.scale };
  return {
    scale,
    at: {
      x_px: under.x_px + (scene.frame.width / 2 - cursor.x) / scale,
      y_px: under.y_px + (scene.frame.height / 2 - cursor.y) / scale,
    },
  };
}

/** Moved by so many CSS pixels, and no farther than the photo's edge. */
export function panned(now: Placement, scene: Scene, x: number, y: number): Close {
  const { frame } = scene;
  const at = {
    x_px: (frame.width / 2 - now.left - x) / now.scale,
    y_px: (frame.height / 2 - now.top - y) / now.scale,
  };
  const kept = placed(scene.photo, frame, now.scale, at);
  return {
    scale: now.scale,
    at: { x_px: (frame.width / 2 - kept.left) / kept.scale, y_px: (frame.height / 2 - kept.top) / kept.scale },
  };
}
