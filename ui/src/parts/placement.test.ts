import { describe, expect, test } from 'vitest';
import type { Check, Geometry, Report } from '../ipc/desk';
import { boxOf, closeTo, covering, fitted, placed, rulerOf, widthBandOf } from './placement';

const photo = { width: 480, height: 640 };

describe('placing', () => {
  test('a photo fits its frame and stands in the middle', () => {
    expect(fitted(photo, { width: 700, height: 320 })).toEqual({ left: 230, top: 0, width: 240, height: 320, scale: 0.5 });
    expect(fitted(photo, { width: 960, height: 2000 })).toMatchObject({ left: 0, top: 360, scale: 2 });
  });

  test('a photo that is larger than its frame leaves no gap at any edge', () => {
    const frame = { width: 300, height: 300 };
    expect(placed(photo, frame, 1, { x_px: 0, y_px: 0 })).toMatchObject({ left: 0, top: 0 });
    expect(placed(photo, frame, 1, { x_px: 480, y_px: 640 })).toMatchObject({ left: -180, top: -340 });
    expect(placed(photo, frame, 1, { x_px: 240, y_px: 320 })).toMatchObject({ left: -90, top: -170 });
  });

  test('close to a part, it takes the share asked for; never smaller than the whole, never beyond the limit', () => {
    const frame = { width: 480, height: 640 };
    const part = (side: number) => ({ x_px: 100, y_px: 100, width_px: side, height_px: side });
    expect(closeTo(photo, frame, part(80), 0.5).scale).toBe(3);
    expect(closeTo(photo, frame, part(480), 0.5).scale).toBe(1);
    expect(closeTo(photo, frame, part(0), 0.5, 6).scale).toBe(6);
  });
});

test('a part is shown with what is around it rather than stretched', () => {
  const part = { x_px: 100, y_px: 100, width_px: 60, height_px: 10 };
  expect(covering(part, 1.5)).toEqual({ x_px: 100, y_px: 85, width_px: 60, height_px: 40 });
  expect(covering({ ...part, width_px: 10, height_px: 60 }, 1.5).width_px).toBe(90);
});

describe('evidence', () => {
  test('its box holds regions, lines and points', () => {
    const box = boxOf([
      { kind: 'region', rect: { x_px: 10, y_px: 20, width_px: 30, height_px: 40 } },
      { kind: 'line', from: { x_px: 5, y_px: 50 }, to: { x_px: 15, y_px: 55 } },
      { kind: 'points', points: [{ x_px: 60, y_px: 70 }] },
    ]);
    expect(box).toEqual({ x_px: 5, y_px: 20, width_px: 55, height_px: 50 });
  });

  test('no evidence has no box', () => {
    expect(boxOf([])).toBeNull();
    expect(boxOf([{ kind: 'points', points: [] }])).toBeNull();
  });
});

const face: Geometry = {
  left_eye_px: { x_px: 190, y_px: 260 },
  right_eye_px: { x_px: 290, y_px: 260 },
  crown_px: { x_px: 240, y_px: 80 },
  chin_px: { x_px: 240, y_px: 410 },
  face_left_px: { x_px: 140, y_px: 290 },
  face_right_px: { x_px: 340, y_px: 290 },
  yaw_deg: 0,
  pitch_deg: 0,
  roll_deg: 0,
  face_box: { x_px: 130, y_px: 150, width_px: 220, height_px: 270 },
  silhouette: [],
};

describe('the ruler', () => {
  const check = (code: string, value: number, min: number, max: number): Check => ({
    code,
    group: 'composition',
    status: 'pass',
    measured: { kind: 'number', value, unit: 'px' },
    required: { kind: 'range', min, max, unit: 'px', scale_min: 0, scale_max: 400 },
    evidence: [],
    inset: null,
    confidence: 1,
    reason: null,
  });
  const pixels: Check = { ...check('pixels', 0, 0, 0), required: { kind: 'size', width_px: 480, height_px: 640 } };
  const report = {
    checks: [pixels, check('face_width', 200, 180, 300), check('crown_margin', 94, 50, 110), check('eye_line', 291, 200, 300)],
    crop: { x_px: 100, y_px: 30, width_px: 960, height_px: 1280 },
  } as unknown as Report;

  test('turns rows of the standard photo into rows of this one', () => {
    expect(rulerOf(report).map(({ check, from_px, to_px, at_px }) => [check.code, from_px, to_px, at_px])).toEqual([
      ['crown_margin', 130, 250, 218],
      ['eye_line', 430, 630, 612],
    ]);
  });

  test('has the width that a face may have on both sides of its middle', () => {
    expect(widthBandOf({ ...report, geometry: face })).toMatchObject({
      left: { from_px: -60, to_px: 60 },
      right: { from_px: 420, to_px: 540 },
      at_px: [140, 340],
      row_px: 290,
    });
    expect(widthBandOf({ ...report, geometry: null })).toBeNull();
  });

  test('is blank without a crop or a measurement', () => {
    expect(rulerOf({ ...report, crop: null })).toEqual([]);
    const unmeasured = { ...check('eye_line', 0, 200, 300), measured: null };
    expect(rulerOf({ ...report, checks: [pixels, unmeasured] })).toEqual([]);
  });
});
