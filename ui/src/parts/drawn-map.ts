// The map of the background's deviation, drawn once a photo.

import type { Point } from '../ipc/desk';
import { backgroundOf, COPY_WIDTH, deviationOf, rampOf, SCALE_END } from './deviation';

export interface DrawnMap {
  canvas: HTMLCanvasElement;
  /** The largest deviation, ΔE. */
  most: number;
}

const made = new WeakMap<HTMLImageElement, DrawnMap | null>();

/** Where it was drawn before; `undefined`: it was not. */
export function drawnMapNow(image: HTMLImageElement): DrawnMap | null | undefined {
  return made.get(image);
}

/** `width_px`: of the photo, which the outline counts in. `null` where there is no outline of the person, or hardly any background. */
export function drawnMap(image: HTMLImageElement, outline: readonly Point[], width_px: number): DrawnMap | null {
  const before = made.get(image);
  if (before !== undefined) return before;
  const map = outline.length < 3 ? null : draw(image, outline, width_px);
  made.set(image, map);
  return map;
}

function draw(image: HTMLImageElement, outline: readonly Point[], width_px: number): DrawnMap | null {
  const height = Math.max(1, Math.round((image.naturalHeight * COPY_WIDTH) / image.naturalWidth));
  const width = COPY_WIDTH;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return null;
  pen.imageSmoothingQuality = 'medium';
  pen.drawImage(image, 0, 0, width, height);
  const picture = pen.getImageData(0, 0, width, height);
  const deviation = deviationOf(picture.data, backgroundOf(outline, width, height, width / width_px));
  if (!deviation) return null;
  deviation.cells.forEach((delta, cell) => {
    const [red, green, blue] = Number.isNaN(delta) ? [96, 96, 96] : rampOf(delta / SCALE_END);
    picture.data.set([red, green, blue, 255], 4 * cell);
  });
  pen.putImageData(picture, 0, 0);
  return { canvas, most: deviation.most };
}
