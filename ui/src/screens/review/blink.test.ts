import { expect, test } from 'vitest';
import type { Eyes } from '../../ipc/desk';
import { aligned } from './blink';

const eyes = (left: [number, number], right: [number, number]): Eyes =>
  ({ left_eye_px: { x_px: left[0], y_px: left[1] }, right_eye_px: { x_px: right[0], y_px: right[1] } });
const frame = { width: 800, height: 640 };
const now = { size: { width: 480, height: 640 }, eyes: eyes([200, 250], [280, 250]) };

test('without eyes both are as high as each other, in the middle', () => {
  const places = aligned(now, { size: { width: 960, height: 1280 }, eyes: null }, frame);
  expect(places.now).toMatchObject({ left: 160, top: 0, width: 480, height: 640 });
  expect(places.before).toMatchObject({ left: 160, top: 0, width: 480, height: 640 });
});

test('with eyes, those of the old photo lie on those of the new one', () => {
  const old = { size: { width: 600, height: 800 }, eyes: eyes([300, 400], [460, 400]) };
  const { before } = aligned(now, old, frame);
  expect(before.scale).toBe(0.5);
  expect([before.left + 300 * before.scale, before.left + 460 * before.scale, before.top + 400 * before.scale]).toEqual([360, 440, 250]);
});
