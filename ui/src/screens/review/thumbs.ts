// Small pictures for the film strip, each made once from the whole photo, one at a time.

import { decodedNow } from '../../parts/decoded';
import { rem } from '../../parts/rem.svelte';

/** Size on the screen, in rem. */
const WIDTH = 5.8;
const HEIGHT = 8;
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
  // Pixel for pixel: a strip that moves is painted often.
  canvas.width = Math.round(WIDTH * rem.px * window.devicePixelRatio);
  canvas.height = Math.round(HEIGHT * rem.px * window.devicePixelRatio);
  const scale = Math.max(canvas.width / image.naturalWidth, canvas.height / image.naturalHeight);
  const [width, height] = [canvas.width / scale, canvas.height / scale];
  const pen = canvas.getContext('2d', { alpha: false });
  if (pen) {
    pen.imageSmoothingQuality = 'high';
    // Heads are in the upper part of a photo that is too high.
    const [x, y] = [(image.naturalWidth - width) / 2, (image.naturalHeight - height) / 4];
    pen.drawImage(image, x, y, width, height, 0, 0, canvas.width, canvas.height);
  }
  // Its pixels go now, and not when the memory is tidied.
  if (!known) image.removeAttribute('src');
  const oldest = made.keys().next();
  if (made.size >= KEPT && !oldest.done) made.delete(oldest.value);
  made.set(src, canvas);
  return canvas;
}
