// Where a photo lies in the frame, in CSS pixels, and which parts of it are looked at closely. Photo pixels carry `_px`
// in their names as everywhere; everything else here is CSS pixels.

import type { Check, Evidence, Geometry, Point, Rect, Report } from '../ipc/desk';

export interface Size {
  width: number;
  height: number;
}

export interface Placement extends Size {
  left: number;
  top: number;
  /** CSS pixels in a photo pixel. */
  scale: number;
}

/** As large as the frame allows, in its middle. */
export function fitted(photo: Size, frame: Size): Placement {
  const scale = Math.min(frame.width / photo.width, frame.height / photo.height);
  return placed(photo, frame, scale, { x_px: photo.width / 2, y_px: photo.height / 2 });
}

/** With `focus` in the middle of the frame. A photo larger than the frame always fills it. */
export function placed(photo: Size, frame: Size, scale: number, focus: Point): Placement {
  const width = photo.width * scale;
  const height = photo.height * scale;
  return {
    left: along(width, frame.width, focus.x_px * scale),
    top: along(height, frame.height, focus.y_px * scale),
    width,
    height,
    scale,
  };
}

function along(length: number, room: number, focus: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, room / 2 - focus));
}

/** Close to a part of the photo, which then takes `share` of the frame, but no closer than `most` times. */
export function closeTo(photo: Size, frame: Size, part: Rect, share = 0.5, most = 6): Placement {
  const whole = fitted(photo, frame).scale;
  const wanted = share * Math.min(frame.width / Math.max(1, part.width_px), frame.height / Math.max(1, part.height_px));
  return placed(photo, frame, Math.min(Math.max(wanted, whole), most * whole), centreOf(part));
}

export function centreOf(rect: Rect): Point {
  return { x_px: rect.x_px + rect.width_px / 2, y_px: rect.y_px + rect.height_px / 2 };
}

/** The smallest box around all evidence; `null` without any. */
export function boxOf(evidence: readonly Evidence[]): Rect | null {
  const points = evidence.flatMap(cornersOf);
  if (points.length === 0) return null;
  const xs = points.map((point) => point.x_px);
  const ys = points.map((point) => point.y_px);
  const [x_px, y_px] = [Math.min(...xs), Math.min(...ys)];
  return { x_px, y_px, width_px: Math.max(...xs) - x_px, height_px: Math.max(...ys) - y_px };
}

function cornersOf(evidence: Evidence): Point[] {
  switch (evidence.kind) {
    case 'region': {
      const { x_px, y_px, width_px, height_px } = evidence.rect;
      return [
        { x_px, y_px },
        { x_px: x_px + width_px, y_px: y_px + height_px },
      ];
    }
    case 'line':
      return [evidence.from, evidence.to];
    case 'points':
      return evidence.points;
  }
}

export type InsetName = 'left_eye' | 'right_eye' | 'mouth' | 'left_ear' | 'right_ear';
export const INSETS: readonly InsetName[] = ['left_eye', 'right_eye', 'mouth', 'left_ear', 'right_ear'];
/** Width over height of an inset. */
export const INSET_ASPECT = 1.5;

/** The places that a reviewer would zoom to anyway. Lengths are shares of the distance between the eyes. */
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
  }
}

function between(a: Point, b: Point, share: number): Point {
  return { x_px: a.x_px + (b.x_px - a.x_px) * share, y_px: a.y_px + (b.y_px - a.y_px) * share };
}

/** Height of the standard photo where a report does not tell it. */
const STANDARD_HEIGHT_PX = 640;
const ON_RULER: readonly string[] = ['crown_margin', 'eye_line'];

export interface RulerMark {
  check: Check;
  /** Rows of the photo. */
  from_px: number;
  to_px: number;
  at_px: number;
}

/** The distances that are required from the top edge of the standard photo, as rows of this photo. */
export function rulerOf(report: Report): RulerMark[] {
  const { crop, checks } = report;
  if (!crop) return [];
  const size = checks.find((check) => check.code === 'pixels')?.required;
  const row_px = crop.height_px / (size?.kind === 'size' ? size.height_px : STANDARD_HEIGHT_PX);
  const row = (standard_px: number): number => crop.y_px + standard_px * row_px;
  return checks.flatMap((check) => {
    const { measured, required } = check;
    if (!ON_RULER.includes(check.code) || measured?.kind !== 'number' || required?.kind !== 'range') return [];
    const { min, max } = required;
    if (min === null || max === null) return [];
    return [{ check, from_px: row(min), to_px: row(max), at_px: row(measured.value) }];
  });
}
