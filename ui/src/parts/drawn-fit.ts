// Photos at the very size at which they are shown whole, so that a frame only copies pixels: the one in front, and one
// drawn ahead.

import type { Placement } from './placement';

const KEPT = 3;
const made = new Map<HTMLImageElement, HTMLCanvasElement>();

/** The photo, drawn for a place in CSS pixels. The canvas can stand in one place only. */
export function drawnFit(image: HTMLImageElement, place: Placement): HTMLCanvasElement {
  const density = window.devicePixelRatio;
  const [width, height] = [Math.max(1, Math.round(place.width * density)), Math.max(1, Math.round(place.height * density))];
  const before = made.get(image);
  if (before?.width === width && before.height === height) return before;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(image, 0, 0, width, height);
  }
  made.delete(image);
  made.set(image, canvas);
  const [oldest] = made.keys();
  if (made.size > KEPT && oldest) made.delete(oldest);
  return canvas;
}

/** Where it stands, in CSS pixels: on whole pixels of the screen. */
export function standing({ left, top }: Placement, canvas: HTMLCanvasElement): Omit<Placement, 'scale'> {
  const density = window.devicePixelRatio;
  const whole = (at: number): number => Math.round(at * density) / density;
  return { left: whole(left), top: whole(top), width: canvas.width / density, height: canvas.height / density };
}
