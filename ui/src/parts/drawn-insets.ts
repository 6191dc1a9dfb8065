// What stands enlarged beside a photo, drawn once a photo of one size of cell: ahead, where there is time.

import type { Geometry, Rect } from '../ipc/desk';
import { INSETS, insetOf, type InsetName } from './insets';
import { covering, type Size } from './placement';

interface Drawn {
  cell: Size;
  density: number;
  canvases: ReadonlyMap<InsetName, HTMLCanvasElement>;
}

const made = new WeakMap<HTMLImageElement, Drawn>();

/**
 * `unit`: pixels of the image in a pixel of the photo, which the geometry counts in; `cell`: in CSS pixels. Each canvas
 * can stand in one place only.
 */
export function drawnInsets(image: HTMLImageElement, face: Geometry, unit: number, cell: Size): Drawn['canvases'] {
  const density = window.devicePixelRatio;
  const before = made.get(image);
  if (before && before.density === density && before.cell.width === cell.width && before.cell.height === cell.height) {
    return before.canvases;
  }
  const canvases = new Map(INSETS.map((name) => [name, drawnInset(image, insetOf(name, face), unit, cell)]));
  made.set(image, { cell, density, canvases });
  return canvases;
}

function drawnInset(image: HTMLImageElement, rect: Rect, unit: number, cell: Size): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  drawInset(canvas, image, rect, unit, cell);
  return canvas;
}

/** A part of the photo, and what is around it where the cell has another shape. */
export function drawInset(canvas: HTMLCanvasElement, image: HTMLImageElement, rect: Rect, unit: number, cell: Size): void {
  const density = window.devicePixelRatio;
  canvas.width = Math.max(1, Math.round(cell.width * density));
  canvas.height = Math.max(1, Math.round(cell.height * density));
  const pen = canvas.getContext('2d', { alpha: false });
  if (!pen) return;
  pen.fillStyle = '#6c6c6c';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  const { x_px, y_px, width_px, height_px } = covering(rect, canvas.width / canvas.height);
  const [x, y, across, down] = [x_px, y_px, width_px, height_px].map((px) => px * unit) as [number, number, number, number];
  pen.drawImage(image, x, y, across, down, 0, 0, canvas.width, canvas.height);
}
