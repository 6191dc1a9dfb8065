import { expect, test } from 'vitest';
import { faceAt } from './face-at';

test('a face lies at the same place however large its photo is', () => {
  const box = { width: 100, height: 120 };
  for (const size of [1, 2.5]) {
    const at = (x: number) => ({ x_px: x * size, y_px: 250 * size });
    const { left, top, scale } = faceAt({ left_eye_px: at(200), right_eye_px: at(280) }, box);
    expect([left + 200 * size * scale, left + 280 * size * scale, top + 250 * size * scale].map(Math.round)).toEqual([32, 68, 50]);
  }
});
