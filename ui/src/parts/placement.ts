// Where a photo lies in the frame, in CSS pixels, and where on it the legal bands are. Photo pixels carry `_px`
// in their names as everywhere; everything else here is CSS pixels.

import type { Check, Evidence, Point, Rect, Report } from '../ipc/desk';

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

/** The smallest part around `part` that has this aspect. */
export function covering(part: Rect, aspect: number): Rect {
  const { x_px: x, y_px: y } = centreOf(part);
  const width_px = Math.max(part.width_px, part.height_px * aspect);
  const height_px = width_px / aspect;
  return { x_px: x - width_px / 2, y_px: y - height_px / 2, width_px, height_px };
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

/** What of the photo is looked at for this check: its evidence, else the place that it wants enlarged. */
export function evidenceOf(check: Check): Rect | null {
  return boxOf(check.evidence) ?? check.inset;
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

/** Size of the standard photo where a report does not tell it. */
const STANDARD = { width_px: 480, height_px: 640 };
const ON_RULER: readonly string[] = ['crown_margin', 'eye_line'];

export interface RulerMark {
  check: Check;
  /** Rows of the photo. */
  from_px: number;
  to_px: number;
  at_px: number;
}

function standardOf(report: Report): { width_px: number; height_px: number } {
  const size = report.checks.find((check) => check.code === 'pixels')?.required;
  return size?.kind === 'size' ? size : STANDARD;
}

/** The distances that are required from the top edge of the standard photo, as rows of this photo. */
export function rulerOf(report: Report): RulerMark[] {
  const { crop, checks } = report;
  if (!crop) return [];
  const row_px = crop.height_px / standardOf(report).height_px;
  const row = (standard_px: number): number => crop.y_px + standard_px * row_px;
  return checks.flatMap((check) => {
    const { measured, required } = check;
    if (!ON_RULER.includes(check.code) || measured?.kind !== 'number' || required?.kind !== 'range') return [];
    const { min, max } = required;
    if (min === null || max === null) return [];
    return [{ check, from_px: row(min), to_px: row(max), at_px: row(measured.value) }];
  });
}

export interface WidthBand {
  check: Check;
  /** Where the left cheek may end and where the right one may, as columns of the photo. */
  left: { from_px: number; to_px: number };
  right: { from_px: number; to_px: number };
  /** Where they end. */
  at_px: [number, number];
  /** Row of the photo where the face is widest. */
  row_px: number;
}

/** The face width that is required, on both sides of this face's middle. */
export function widthBandOf(report: Report): WidthBand | null {
  const { crop, geometry, checks } = report;
  const check = checks.find((one) => one.code === 'face_width');
  if (!crop || !geometry || check?.required?.kind !== 'range') return null;
  const { min, max } = check.required;
  if (min === null || max === null) return null;
  const column_px = crop.width_px / standardOf(report).width_px;
  const [left, right] = [geometry.face_left_px, geometry.face_right_px];
  const middle = (left.x_px + right.x_px) / 2;
  const [near, far] = [(min / 2) * column_px, (max / 2) * column_px];
  return {
    check,
    left: { from_px: middle - far, to_px: middle - near },
    right: { from_px: middle + near, to_px: middle + far },
    at_px: [left.x_px, right.x_px],
    row_px: (left.y_px + right.y_px) / 2,
  };
}
