// How far each part of the background is from the background's mean colour: CIEDE2000 on a small copy of the photo, with
// the person left out. Its mean, and not the required colour: what is uneven shows, whatever colour it has.

import type { Point } from '../ipc/desk';

/** Width of the copy; small enough for a few milliseconds. */
export const COPY_WIDTH = 72;
/** Where the scale of the map ends. */
export const SCALE_END = 12;

export type Lab = readonly [number, number, number];

const LINEAR = Float64Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});
const curve = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116);

/** sRGB, 0 … 255, under D65. */
export function labOf(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [LINEAR[red] ?? 0, LINEAR[green] ?? 0, LINEAR[blue] ?? 0];
  const x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = curve(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = curve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const degrees = (radians: number): number => (((radians * 180) / Math.PI) % 360 + 360) % 360;
const cosine = (angle: number): number => Math.cos((angle * Math.PI) / 180);

/** Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", 2005. */
export function deltaE([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const c = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(c / (c + 25 ** 7)));
  const [x1, x2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(x1, b1), Math.hypot(x2, b2)];
  const [h1, h2] = [c1 === 0 ? 0 : degrees(Math.atan2(b1, x1)), c2 === 0 ? 0 : degrees(Math.atan2(b2, x2))];
  const turn = c1 * c2 === 0 ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const hue = 2 * Math.sqrt(c1 * c2) * Math.sin((turn * Math.PI) / 360);
  const [lightness, chroma] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const h = c1 * c2 === 0 ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
  const t = 1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) - 0.2 * cosine(4 * h - 63);
  const off = (lightness - 50) ** 2;
  const dl = (l2 - l1) / (1 + (0.015 * off) / Math.sqrt(20 + off));
  const dc = (c2 - c1) / (1 + 0.045 * chroma);
  const dh = hue / (1 + 0.015 * chroma * t);
  const c7 = chroma ** 7;
  const rotation = -2 * Math.sqrt(c7 / (c7 + 25 ** 7)) * Math.sin((60 * Math.exp(-(((h - 275) / 25) ** 2)) * Math.PI) / 180);
  return Math.sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh);
}

/** Cells that belong to nobody: outside of the outline with a margin for stray hair, and not below it. */
export function backgroundOf(outline: readonly Point[], width: number, height: number, scale: number): boolean[] {
  const free = new Array<boolean>(width * height).fill(true);
  const points = outline.map(({ x_px, y_px }) => [x_px * scale, y_px * scale] as const);
  const lowest = Math.max(...points.map(([, y]) => y));
  for (let row = 0; row < height; row += 1) {
    const y = row + 0.5;
    const crossings = points.flatMap(([x1, y1], at) => {
      const [x2, y2] = points[(at + 1) % points.length] ?? [x1, y1];
      return y1 <= y === y2 <= y ? [] : [x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)];
    });
    crossings.sort((a, b) => a - b);
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      const [from, to] = [(crossings[at] ?? 0) - MARGIN, (crossings[at + 1] ?? 0) + MARGIN];
      for (let cell = Math.max(0, Math.floor(from)); cell < Math.min(width, to); cell += 1) free[row * width + cell] = false;
    }
  }
  // The margin above the head.
  for (let cell = 0; cell < width * (height - MARGIN); cell += 1) {
    if (!free[cell + width * MARGIN]) free[cell] = false;
  }
  // Where the searched part ends above the lower edge, nobody knows what is below.
  const below = Math.max(0, Math.floor(lowest - MARGIN));
  return free.fill(false, Math.min(height, below) * width);
}

const MARGIN = 2;

export interface Deviation {
  /** ΔE of each cell; `NaN`: not background. */
  cells: Float32Array;
  /** The largest but for stray cells: 98 of 100 are below. */
  most: number;
}

/** `null` where there is hardly any background. */
export function deviationOf(pixels: Uint8ClampedArray, free: readonly boolean[]): Deviation | null {
  // A background has few colours: each is worked out once.
  const counts = new Map<number, number>();
  const colours = Int32Array.from(free, (one, at) => {
    if (!one) return -1;
    const colour = ((pixels[4 * at] ?? 0) << 16) | ((pixels[4 * at + 1] ?? 0) << 8) | (pixels[4 * at + 2] ?? 0);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
    return colour;
  });
  const labs = new Map<number, Lab>();
  const sum: [number, number, number] = [0, 0, 0];
  let seen = 0;
  for (const [colour, count] of counts) {
    const lab = labOf(colour >> 16, (colour >> 8) & 255, colour & 255);
    labs.set(colour, lab);
    for (const of of [0, 1, 2] as const) sum[of] += lab[of] * count;
    seen += count;
  }
  if (seen < free.length / 50) return null;
  const mean: Lab = [sum[0] / seen, sum[1] / seen, sum[2] / seen];
  const deltas = new Map<number, number>();
  for (const [colour, lab] of labs) deltas.set(colour, deltaE(mean, lab));
  const cells = Float32Array.from(colours, (colour) => deltas.get(colour) ?? Number.NaN);
  const sorted = cells.filter((delta) => !Number.isNaN(delta)).sort();
  return { cells, most: sorted[Math.floor(sorted.length * 0.98)] ?? 0 };
}

/** From dark blue through green to light yellow: lighter is farther, for those too who don't see colours. */
const RAMP: readonly Lab[] = [
  [38, 50, 92],
  [36, 96, 120],
  [52, 142, 118],
  [136, 186, 82],
  [244, 226, 92],
];

/** The colour of a share of the scale, 0 … 1. */
export function rampOf(share: number): Lab {
  const at = Math.min(1, Math.max(0, share)) * (RAMP.length - 1);
  const [low, high] = [RAMP[Math.floor(at)], RAMP[Math.ceil(at)]];
  if (!low || !high) return [0, 0, 0];
  const mix = (of: 0 | 1 | 2): number => Math.round(low[of] + (high[of] - low[of]) * (at % 1));
  return [mix(0), mix(1), mix(2)];
}
