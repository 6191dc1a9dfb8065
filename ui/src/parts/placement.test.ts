import { describe, expect, test } from 'vitest';
import type { Check, Report } from '../ipc/desk';
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

describe('the ruler', () => {
  const point = (x_px: number, y_px: number) => ({ x_px, y_px });
  const check = (code: string, value: number, min: number | null, max: number | null, line: [number, number, number, number]): Check => ({
    code,
    group: 'composition',
    status: 'pass',
    measured: { kind: 'number', value, unit: 'px' },
    required: { kind: 'range', min, max, unit: 'px', scale_min: 0, scale_max: 400 },
    evidence: [{ kind: 'line', from: point(line[0], line[1]), to: point(line[2], line[3]) }],
    inset: null,
    confidence: 1,
    reason: null,
  });
  const crop = { x_px: 100, y_px: 30, width_px: 960, height_px: 1280 };
  const ruled = (...checks: Check[]) => rulerOf({ checks, crop } as unknown as Report);
  const rows = (...checks: Check[]) => ruled(...checks).map(({ from_px, to_px, at_px }) => [from_px, to_px, at_px]);

  test('turns distances from an edge of the standard photo into rows of this one, in any unit', () => {
    expect(rows(check('crown_margin', 94, 50, 110, [400, 30, 400, 218]))).toEqual([[130, 250, 218]]);
    expect(rows(check('face_centre_y', 40, 30, 50, [400, 30, 400, 542]))).toEqual([[414, 670, 542]]);
    expect(rows(check('eyes_from_bottom', 60, 56, 69, [400, 542, 400, 1310]))[0]?.map(Math.round)).toEqual([427, 593, 542]);
    expect(ruled(check('face_width', 200, 180, 300, [1, 1, 2, 1]))).toEqual([]);
  });

  test('an open side reaches to the edge', () => {
    expect(rows(check('eyes_from_bottom', 60, 50, null, [400, 710, 400, 1310]))).toEqual([[30, 810, 710]]);
  });

  test('has the width that a face may have on both sides of its middle', () => {
    const report = { checks: [check('face_width', 100, 90, 150, [140, 290, 340, 292])], crop } as unknown as Report;
    expect(widthBandOf(report)).toMatchObject({
      left: { from_px: 90, to_px: 150 },
      right: { from_px: 330, to_px: 390 },
      at_px: [140, 340],
      row_px: 291,
    });
    expect(widthBandOf({ ...report, checks: [] })).toBeNull();
  });

  test('is blank without a crop or a measurement', () => {
    const crown = check('crown_margin', 94, 50, 110, [400, 30, 400, 218]);
    expect(rulerOf({ checks: [crown], crop: null } as unknown as Report)).toEqual([]);
    expect(ruled({ ...crown, measured: null }, { ...crown, evidence: [] })).toEqual([]);
  });
});
