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

const AHEAD = 7;

/** The photos whose checks and pixels should be at hand, likeliest first: the current one, the next, the one before, then
 * what comes after. */
export function nearby(photos: readonly QueuedPhoto[], current: string | null): QueuedPhoto[] {
  const index = photos.findIndex((photo) => photo.submission === current);
  if (index < 0) return photos.filter((photo) => photo.ready).slice(0, AHEAD);
  const ready = (some: readonly QueuedPhoto[]) => some.filter((photo) => photo.ready);
  const [after, before] = [ready(photos.slice(index + 1, index + 1 + AHEAD)), ready(photos.slice(Math.max(0, index - 1), index))];
  return [...ready(photos.slice(index, index + 1)), ...after.slice(0, 1), ...before, ...after.slice(1)];
}
