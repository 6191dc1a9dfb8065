// Which photos in hand a reviewer goes through: all, or those of a verdict of the machine, of one batch or of all.

import type { QueuedPhoto } from '../../ipc/desk';

export const LANES = ['all', 'fine', 'not', 'unsure'] as const;
export type Lane = (typeof LANES)[number];

export interface Narrow {
  readonly lane: Lane;
  /** Code of the batch; `null`: all of them. */
  readonly batch: string | null;
}

export const WIDE: Narrow = { lane: 'all', batch: null };

/** Whether the machine's opinion of it must not be told yet. */
export type Hidden = (photo: QueuedPhoto) => boolean;

/** `all`: it belongs to none of the others. */
export function laneOf(photo: QueuedPhoto, hidden: Hidden): Lane {
  if (!photo.ready || hidden(photo)) return 'all';
  switch (photo.machine) {
    case 'pass':
    case 'warn':
    case 'not_applicable':
      return 'fine';
    case 'unsure':
      return 'unsure';
    // What can't be read can only be rejected.
    case 'fail':
    case null:
      return 'not';
  }
}

export function narrowed(photos: readonly QueuedPhoto[], narrow: Narrow, hidden: Hidden): QueuedPhoto[] {
  return photos.filter(
    (photo) =>
      (narrow.lane === 'all' || laneOf(photo, hidden) === narrow.lane) &&
      (narrow.batch === null || photo.batch === narrow.batch),
  );
}

/** How many photos each lane has, in the chosen batch. */
export function counts(photos: readonly QueuedPhoto[], batch: string | null, hidden: Hidden): Record<Lane, number> {
  const of = (lane: Lane): number => narrowed(photos, { lane, batch }, hidden).length;
  return { all: of('all'), fine: of('fine'), not: of('not'), unsure: of('unsure') };
}

/** The next lane; from the last to the first. */
export function nextLane(lane: Lane, by: 1 | -1): Lane {
  return LANES[(LANES.indexOf(lane) + by + LANES.length) % LANES.length] ?? 'all';
}

/** The next batch of those in hand; after the last, all of them. */
export function nextBatch(photos: readonly QueuedPhoto[], batch: string | null): string | null {
  const codes = [...new Set(photos.map((photo) => photo.batch))].sort();
  if (batch === null) return codes.length > 1 ? (codes[0] ?? null) : null;
  return codes[codes.indexOf(batch) + 1] ?? null;
}
