// Photos that are decoded ahead, so that the next one can be shown within a frame. A few at a time: each takes four
// bytes a pixel.

import type { Report } from '../ipc/desk';

/** Pixels of the image in a pixel of the photo that was judged: less than 1 where the image is a smaller copy. */
export function unitOf(image: HTMLImageElement | null, report: Report | null): number {
  return image && report ? image.naturalWidth / report.image.width_px : 1;
}

interface Entry {
  image: HTMLImageElement;
  /** Whether it can be painted at once. */
  ready: boolean;
  done: Promise<HTMLImageElement>;
}

const entries = new Map<string, Entry>();

function enter(src: string): Entry {
  const image = new Image();
  // When it is put in, it shall be painted with everything else of that frame.
  image.decoding = 'sync';
  image.draggable = false;
  image.alt = '';
  image.src = src;
  const entry: Entry = { image, ready: false, done: Promise.resolve(image) };
  entry.done = image.decode().then(
    () => {
      entry.ready = true;
      return image;
    },
    (error: unknown) => {
      entries.delete(src);
      throw error;
    },
  );
  // Whoever waits for it hears of a failure; an image that nobody waits for may fail in silence.
  entry.done.catch(() => undefined);
  entries.set(src, entry);
  return entry;
}

/** The photo, decoded. Rejects where the web view can't read it. */
export function decoded(src: string): Promise<HTMLImageElement> {
  return (entries.get(src) ?? enter(src)).done;
}

/** The photo, where it is decoded already. */
export function decodedNow(src: string): HTMLImageElement | null {
  const entry = entries.get(src);
  return entry?.ready ? entry.image : null;
}

/** Let go of, with their pixels. */
const leaving = new Set<HTMLImageElement>();

/** Counts what was asked to be kept, so that an earlier wish does not bring back what a later one let go of. */
let wishes = 0;

/** Decodes these, one after the other, and lets go of all others. */
export async function keepDecoded(sources: readonly string[]): Promise<void> {
  const mine = ++wishes;
  for (const [src, entry] of entries) {
    if (sources.includes(src)) continue;
    entries.delete(src);
    if (entry.ready) leaving.add(entry.image);
  }
  // Their pixels go now, and not when the memory is tidied; those of one that is still shown go the next time.
  for (const image of leaving) {
    if (image.isConnected) continue;
    leaving.delete(image);
    image.removeAttribute('src');
  }
  for (const src of sources) {
    if (mine !== wishes) return;
    await decoded(src).catch(() => undefined);
  }
}
