// Which photo comes next.

import type { QueuedPhoto } from '../../ipc/desk';

/** Who takes the place of the photo at `index` when it has left the list `rest`: the next that is ready, else any. */
export function successor(rest: readonly QueuedPhoto[], index: number): string | null {
  const at = Math.max(0, Math.min(index, rest.length));
  const turned = [...rest.slice(at), ...rest.slice(0, at).reverse()];
  return (turned.find((photo) => photo.ready) ?? turned[0])?.submission ?? null;
}

/** The photo that stays in front when the list has changed from `before` to `after`. */
export function stayOrNext(
  before: readonly QueuedPhoto[],
  after: readonly QueuedPhoto[],
  current: string | null,
): string | null {
  const held = after.find((photo) => photo.submission === current);
  if (held?.ready) return current;
  // A photo that is still on its way gives place to one that can be judged.
  if (held) return after.find((photo) => photo.ready)?.submission ?? current;
  const index = before.findIndex((photo) => photo.submission === current);
  return successor(after, Math.max(0, index));
}

/** The neighbour of the current photo; the ends don't wrap. */
export function moved(photos: readonly QueuedPhoto[], current: string | null, by: 1 | -1): string | null {
  const index = photos.findIndex((photo) => photo.submission === current);
  if (index < 0) return photos[0]?.submission ?? null;
  return photos[Math.min(photos.length - 1, Math.max(0, index + by))]?.submission ?? null;
}

const AHEAD = 3;
const BEHIND = 1;

/** The photos whose pixels and checks should be at hand: the current one first, then what comes next, then the last. */
export function nearby(photos: readonly QueuedPhoto[], current: string | null): QueuedPhoto[] {
  const index = photos.findIndex((photo) => photo.submission === current);
  if (index < 0) return photos.filter((photo) => photo.ready).slice(0, AHEAD);
  const window = [...photos.slice(index, index + AHEAD + 1), ...photos.slice(Math.max(0, index - BEHIND), index)];
  return window.filter((photo) => photo.ready);
}
