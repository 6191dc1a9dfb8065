// The rulers at the photo's left edge: where crown and eyes may lie, and where they do. In rows of the upright photo.

import type { Check, Report } from '../ipc/desk';

export interface RulerMark {
  check: 'crown_margin' | 'eye_line';
  status: Check['status'];
  legalFromRow: number;
  legalToRow: number;
  atRow: number;
  /** Pixels of the standard photo. */
  value: number;
}

const STANDARD_WIDTH_PX = 480;

/**
 * Photo pixels per pixel of the standard photo. The report does not carry the standard's size, but its own measurements
 * tell: the eyes lie `eye_line` standard pixels, and so many photo pixels, below the crop's edge.
 */
export function standardScale(report: Report): number | null {
  const { crop, geometry } = report;
  if (!crop) return null;
  const measured = report.checks.find((check) => check.code === 'eye_line')?.measured;
  if (geometry && measured?.kind === 'number' && Math.abs(measured.value) >= 1) {
    const eyesRow = (geometry.left_eye_px.y_px + geometry.right_eye_px.y_px) / 2;
    const scale = (eyesRow - crop.y_px) / measured.value;
    if (scale > 0) return scale;
  }
  return crop.width_px / STANDARD_WIDTH_PX;
}

export function rulerMarks(report: Report): RulerMark[] {
  const { crop } = report;
  const scale = standardScale(report);
  if (!crop || scale === null || !(scale > 0)) return [];
  const row = (standardPx: number) => crop.y_px + standardPx * scale;
  return (['crown_margin', 'eye_line'] as const).flatMap((code): RulerMark[] => {
    const check = report.checks.find((found) => found.code === code);
    const { measured, required } = check ?? {};
    if (!check || measured?.kind !== 'number' || required?.kind !== 'range') return [];
    if (required.min === null || required.max === null) return [];
    return [
      {
        check: code,
        status: check.status,
        legalFromRow: row(required.min),
        legalToRow: row(required.max),
        atRow: row(measured.value),
        value: measured.value,
      },
    ];
  });
}
