import { describe, expect, test } from 'vitest';
import { panned, placementOf, zoomed, type Close, type Scene } from './look';

const scene: Scene = {
  photo: { width: 480, height: 640 },
  frame: { width: 400, height: 320 },
  gutter: 100,
  density: 2,
  evidence: { x_px: 200, y_px: 200, width_px: 40, height_px: 40 },
  face: { x_px: 140, y_px: 200, width_px: 200, height_px: 240 },
};
/** Where a point of the photo is drawn. */
const drawn = (look: ReturnType<typeof zoomed>, x: number, y: number) => {
  const { left, top, scale } = placementOf(look, scene);
  return { x: left + x * scale, y: top + y * scale };
};

describe('looking', () => {
  test('at all of it leaves room for the rulers', () => {
    expect(placementOf('fit', scene)).toMatchObject({ scale: 0.5, left: 100, top: 0 });
  });

  test('at a pixel a pixel counts those of the screen, around the face', () => {
    expect(placementOf('actual', scene)).toMatchObject({ scale: 0.5, top: 0 });
    expect(placementOf('actual', { ...scene, density: 1 })).toMatchObject({ scale: 1, top: -160, left: -40 });
  });

  test('at the evidence comes close to it; without evidence to the face', () => {
    expect(placementOf('evidence', scene).scale).toBe(3);
    expect(placementOf('evidence', { ...scene, evidence: null }).scale).toBe(0.5);
  });
});

describe('zooming', () => {
  const fit = placementOf('fit', scene);

  test('keeps under the cursor what is there', () => {
    const cursor = drawn('fit', 240, 260);
    const close = zoomed(fit, scene, cursor, 4);
    expect((close as Close).scale).toBe(2);
    const there = drawn(close, 240, 260);
    expect(there.x).toBeCloseTo(cursor.x);
    expect(there.y).toBeCloseTo(cursor.y);
  });

  test('out ends with all of it, in ends with large pixels', () => {
    const close = zoomed(fit, scene, { x: 200, y: 160 }, 2);
    expect(zoomed(placementOf(close, scene), scene, { x: 0, y: 0 }, 0.4)).toBe('fit');
    expect((zoomed(fit, scene, { x: 200, y: 160 }, 1e6) as Close).scale).toBe(16);
  });
});

test('dragging moves the photo and stops at its edge, from where the way back begins at once', () => {
  const close: Close = { scale: 2, at: { x_px: 240, y_px: 320 } };
  const moved = panned(placementOf(close, scene), scene, 20, 10);
  expect(moved.at).toEqual({ x_px: 230, y_px: 315 });
  const edge = panned(placementOf(close, scene), scene, 1e5, 1e5);
  expect(edge.at).toEqual({ x_px: 100, y_px: 80 });
  expect(panned(placementOf(edge, scene), scene, -20, 0).at).toEqual({ x_px: 110, y_px: 80 });
});
