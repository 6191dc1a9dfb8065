import { describe, expect, test } from 'vitest';
import type { Geometry } from '../ipc/desk';
import { INSET_ASPECT, INSETS, insetOf, stripOf } from './insets';

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

describe('insets', () => {
  const middle = (name: (typeof INSETS)[number]) => {
    const { x_px, y_px, width_px, height_px } = insetOf(name, face);
    return { x: x_px + width_px / 2, y: y_px + height_px / 2 };
  };

  test('stand on the eyes, on the mouth between eyes and chin, and at the cheeks', () => {
    expect(middle('left_eye')).toEqual({ x: 190, y: 260 });
    expect(middle('right_eye')).toEqual({ x: 290, y: 260 });
    expect(middle('mouth')).toEqual({ x: 240, y: 359 });
    expect(middle('left_ear').x).toBe(140);
    expect(middle('right_ear').x).toBe(340);
  });

  test('all have the aspect of their frames', () => {
    for (const name of INSETS) {
      const { width_px, height_px } = insetOf(name, face);
      expect(width_px / height_px).toBeCloseTo(INSET_ASPECT);
    }
  });
});

describe('the strip beside the photo', () => {
  const strip = (width: number, height: number, rem: number) => stripOf({ width, height }, 10 * rem, 0.6 * rem, rem);

  test('has two columns where there is room, within the height and the room', () => {
    for (const [width, height, rem] of [
      [918, 580, 10],
      [1960, 1190, 13.5],
    ] as const) {
      const { columns, cell } = strip(width, height, rem);
      expect(columns).toBe(2);
      expect(4 * cell.height + 3 * 0.6 * rem).toBeLessThanOrEqual(height);
      expect(2 * cell.width + 0.6 * rem).toBeLessThanOrEqual(width - 0.75 * height - 10 * rem);
    }
  });

  test('has one where there is little', () => {
    const { columns, cell } = strip(620, 400, 15);
    expect(columns).toBe(1);
    expect(7 * cell.height + 6 * 9).toBeLessThanOrEqual(400);
  });
});
