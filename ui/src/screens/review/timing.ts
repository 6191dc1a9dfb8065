// From the key to the next photo, painted: `performance` entries that a test or a curious person can read.

export const KEY_MARK = 'key';
export const KEY_TO_PHOTO = 'key-to-photo';
/** At most this many entries are kept; when it is reached, the older half goes. */
export const ENTRIES_MAX = 1000;

let count = 0;
let pending = false;

/** A key was pressed that brings another photo. */
export function keyPressed(): void {
  performance.clearMarks(KEY_MARK);
  performance.mark(KEY_MARK);
  pending = true;
}

/** The key brought nothing. */
export function keyForgotten(): void {
  pending = false;
}

/** The photo was painted. */
export function photoPainted(): void {
  if (!pending) return;
  pending = false;
  if (count >= ENTRIES_MAX) {
    const kept = performance.getEntriesByName(KEY_TO_PHOTO, 'measure').slice(-ENTRIES_MAX / 2);
    performance.clearMeasures(KEY_TO_PHOTO);
    for (const { startTime, duration } of kept) performance.measure(KEY_TO_PHOTO, { start: startTime, duration });
    count = kept.length;
  }
  performance.measure(KEY_TO_PHOTO, { start: KEY_MARK });
  count += 1;
}
