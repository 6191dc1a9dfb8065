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

/** Distances that are shown on the ruler at the photo's edge, and the edge that each is measured from. */
const ON_RULER: Readonly<Record<string, 'top' | 'bottom'>> = {
  crown_margin: 'top',
  eye_line: 'top',
  face_centre_y: 'top',
  eyes_from_bottom: 'bottom',
};
const WIDTHS: readonly string[] = ['face_width', 'head_width'];

export interface RulerMark {
  check: Check;
  /** Rows of the photo. */
  from_px: number;
  to_px: number;
  at_px: number;
}

interface Lined {
  from: Point;
  to: Point;
  value: number;
  min: number | null;
  max: number | null;
}

/** A check that measured the length of a line, in whatever unit. */
function linedOf(check: Check): Lined | null {
  const { measured, required } = check;
  const line = check.evidence.find((one) => one.kind === 'line');
  if (measured?.kind !== 'number' || required?.kind !== 'range' || !line || measured.value === 0) return null;
  const { min, max } = required;
  return { from: line.from, to: line.to, value: measured.value, min, max };
}

/** The distances that are required from an edge of the standard photo, as rows of this photo. */
export function rulerOf(report: Report): RulerMark[] {
  const { crop } = report;
  if (!crop) return [];
  return report.checks.flatMap((check) => {
    const edge = ON_RULER[check.code];
    const lined = edge && linedOf(check);
    if (!lined) return [];
    const { from, to, value, min, max } = lined;
    const [edge_px, at_px] = edge === 'top' ? [from.y_px, to.y_px] : [to.y_px, from.y_px];
    // The line tells how many rows a unit of the measurement has, whatever the unit is.
    const row = (distance: number): number => edge_px + ((at_px - edge_px) / value) * distance;
    const beyond = edge === 'top' ? crop.y_px + crop.height_px : crop.y_px;
    const rows = [min === null ? edge_px : row(min), max === null ? beyond : row(max)];
    return [{ check, from_px: Math.min(...rows), to_px: Math.max(...rows), at_px }];
  });
}

export interface WidthBand {
  check: Check;
  /** Where the left side may end and where the right one may, as columns of the photo. */
  left: { from_px: number; to_px: number };
  right: { from_px: number; to_px: number };
  /** Where they end. */
  at_px: [number, number];
  /** Row of the photo where it was measured. */
  row_px: number;
}

/** The width that is required of the face, or of the head, on both sides of its middle. */
export function widthBandOf(report: Report): WidthBand | null {
  const check = report.checks.find((one) => WIDTHS.includes(one.code) && linedOf(one));
  const lined = check && linedOf(check);
  if (!lined || lined.min === null || lined.max === null) return null;
  const { from, to, value, min, max } = lined;
  const middle = (from.x_px + to.x_px) / 2;
  const half_px = Math.abs(to.x_px - from.x_px) / value / 2;
  const [near, far] = [min * half_px, max * half_px];
  return {
    check,
    left: { from_px: middle - far, to_px: middle - near },
    right: { from_px: middle + near, to_px: middle + far },
    at_px: [Math.min(from.x_px, to.x_px), Math.max(from.x_px, to.x_px)],
    row_px: (from.y_px + to.y_px) / 2,
  };
}
