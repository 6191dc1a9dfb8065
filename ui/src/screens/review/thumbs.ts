// Small pictures for the film strip, each made once from the whole photo, one at a time.

import { decodedNow } from '../../parts/decoded';

/** Twice the size on the screen, for dense displays. */
const WIDTH_PX = 116;
const HEIGHT_PX = 154;
const KEPT = 60;

const made = new Map<string, HTMLCanvasElement>();
let last: Promise<unknown> = Promise.resolve();

export function thumbNow(src: string): HTMLCanvasElement | null {
  return made.get(src) ?? null;
}

/** Rejects where the web view can't read the photo. */
export function thumb(src: string): Promise<HTMLCanvasElement> {
  const next = last.then(() => made.get(src) ?? make(src));
  last = next.catch(() => undefined);
  return next;
}

async function make(src: string): Promise<HTMLCanvasElement> {
  const known = decodedNow(src);
  const image = known ?? new Image();
  if (!known) {
    image.src = src;
    await image.decode();
  }
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH_PX;
  canvas.height = HEIGHT_PX;
  const scale = Math.max(WIDTH_PX / image.naturalWidth, HEIGHT_PX / image.naturalHeight);
  const [width, height] = [WIDTH_PX / scale, HEIGHT_PX / scale];
  const pen = canvas.getContext('2d', { alpha: false });
  if (pen) {
    pen.imageSmoothingQuality = 'high';
    // Heads are in the upper part of a photo that is too high.
    const [x, y] = [(image.naturalWidth - width) / 2, (image.naturalHeight - height) / 4];
    pen.drawImage(image, x, y, width, height, 0, 0, WIDTH_PX, HEIGHT_PX);
  }
  // Its pixels go now, and not when the memory is tidied.
  if (!known) image.removeAttribute('src');
  const oldest = made.keys().next();
  if (made.size >= KEPT && !oldest.done) made.delete(oldest.value);
  made.set(src, canvas);
  return canvas;
}
