import { describe, expect, test } from 'vitest';
import { backgroundOf, deltaE, deviationOf, labOf, rampOf } from './deviation';

// From the table of test data in Sharma, Wu and Dalal, 2005.
test.each([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
] as const)('ΔE of %s and %s is %s', (one, other, delta) => {
  expect(deltaE(one, other)).toBeCloseTo(delta, 4);
  expect(deltaE(other, one)).toBeCloseTo(delta, 4);
});

test('white is light and has no colour', () => {
  const [l, a, b] = labOf(255, 255, 255);
  expect([l, Math.hypot(a, b)].map((value) => Math.round(value * 100))).toEqual([10000, 0]);
});

describe('a background', () => {
  // A person of 8 × 12 cells stands in 20 × 20, and the outline ends before the lower edge.
  const outline = [
    { x_px: 60, y_px: 60 },
    { x_px: 140, y_px: 60 },
    { x_px: 140, y_px: 180 },
    { x_px: 60, y_px: 180 },
  ];
  const free = backgroundOf(outline, 20, 20, 0.1);
  const picture = (level: (cell: number) => number) =>
    Uint8ClampedArray.from({ length: 1600 }, (_, at) => (at % 4 === 3 ? 255 : level(Math.floor(at / 4))));

  test('is what is not the person, with a margin, and not what lies below', () => {
    const rows = Array.from({ length: 20 }, (_, row) => free.slice(20 * row, 20 * row + 20).map((one) => (one ? '.' : '#')).join(''));
    expect(rows.slice(3, 7)).toEqual([
      '....................',
      '....############....',
      '....############....',
      '....############....',
    ]);
    expect(rows[15]).toBe('....############....');
    expect(rows[17]).toBe('####################');
  });

  test('that is even deviates nowhere, whatever the person wears', () => {
    const even = deviationOf(picture((cell) => (free[cell] ? 240 : 10)), free);
    expect(even?.most).toBeCloseTo(0, 3);
    expect(even?.cells[210]).toBeNaN();
  });

  test('that is darker at one side deviates at both', () => {
    const uneven = deviationOf(picture((cell) => (cell % 20 < 10 ? 200 : 240)), free);
    expect(uneven?.most).toBeGreaterThan(3);
    expect(uneven?.cells[0]).toBeCloseTo(uneven?.cells[19] ?? 0, 0);
  });

  test('of which nothing is seen has no map', () => {
    expect(deviationOf(picture(() => 0), free.map(() => false))).toBeNull();
  });
});

test('the ramp gets lighter from end to end', () => {
  const light = [0, 0.25, 0.5, 0.75, 1].map((share) => labOf(...rampOf(share))[0]);
  expect([...light].sort((a, b) => a - b)).toEqual(light);
});
