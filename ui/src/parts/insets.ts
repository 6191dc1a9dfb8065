// The places that a reviewer would zoom to anyway, and how they stand beside the photo.

import type { Geometry, Point, Rect } from '../ipc/desk';
import type { Size } from './placement';

export type InsetName = 'left_eye' | 'right_eye' | 'left_ear' | 'right_ear' | 'mouth' | 'collar';
/** As on the face: what is at the left stands at the left. */
export const INSETS: readonly InsetName[] = ['left_eye', 'right_eye', 'left_ear', 'right_ear', 'mouth', 'collar'];
/** Width over height of an inset. */
export const INSET_ASPECT = 1.5;

/** Lengths are shares of the distance between the eyes. */
export function insetOf(name: InsetName, face: Geometry): Rect {
  const [left, right, chin] = [face.left_eye_px, face.right_eye_px, face.chin_px];
  const apart = Math.max(1, Math.hypot(right.x_px - left.x_px, right.y_px - left.y_px));
  const eyes = between(left, right, 0.5);
  const around = (at: Point, width: number): Rect => ({
    x_px: at.x_px - (width * apart) / 2,
    y_px: at.y_px - (width * apart) / INSET_ASPECT / 2,
    width_px: width * apart,
    height_px: (width * apart) / INSET_ASPECT,
  });
  switch (name) {
    case 'left_eye':
      return around(left, 0.9);
    case 'right_eye':
      return around(right, 0.9);
    case 'mouth':
      // On upright faces the lips meet at about two thirds of the way from the eyes to the chin.
      return around(between(eyes, chin, 0.66), 1.2);
    case 'left_ear':
      return around({ x_px: face.face_left_px.x_px, y_px: between(left, chin, 0.22).y_px }, 1.2);
    case 'right_ear':
      return around({ x_px: face.face_right_px.x_px, y_px: between(right, chin, 0.22).y_px }, 1.2);
    case 'collar':
      return around(between(eyes, chin, 1.32), 2.4);
  }
}

function between(a: Point, b: Point, share: number): Point {
  return { x_px: a.x_px + (b.x_px - a.x_px) * share, y_px: a.y_px + (b.y_px - a.y_px) * share };
}

export interface Strip {
  columns: 1 | 2;
  cell: Size;
}

/** In two columns the map of the background has a row of its own, in one it is the last cell. */
const ROWS = { 1: INSETS.length + 1, 2: INSETS.length / 2 + 1 } as const;
/** Two columns are worth it from this width of a cell on, in rem. */
const WORTH_REM = 9;

/**
 * The cells beside an upright photo of the whole height with its rulers, in CSS pixels: two columns where they have
 * room. Follows from the stage alone, so that nothing moves from photo to photo.
 */
export function stripOf(stage: Size, gutter: number, gap: number, rem_px: number): Strip {
  const room = stage.width - 0.75 * stage.height - gutter;
  const cell = (columns: 1 | 2): Size => {
    const rows = ROWS[columns];
    const height = (stage.height - (rows - 1) * gap) / rows;
    const width = Math.max(room, stage.width * 0.18) / columns - gap;
    const fitting = Math.max(1, Math.floor(Math.min(width, height * INSET_ASPECT)));
    return { width: fitting, height: Math.floor(fitting / INSET_ASPECT) };
  };
  const two = cell(2);
  return two.width >= WORTH_REM * rem_px ? { columns: 2, cell: two } : { columns: 1, cell: cell(1) };
}
