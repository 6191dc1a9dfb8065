// Where the reviewer goes next among the photos in hand.

import type { QueuedPhoto, SubmissionId } from '../../ipc/desk';

type Place = Pick<QueuedPhoto, 'submission' | 'ready'>;

/** After a decision: the next one in order that is ready; else the first that is; else whatever comes next. */
export function after(photos: readonly Place[], decided: SubmissionId): SubmissionId | null {
  const at = photos.findIndex((photo) => photo.submission === decided);
  const order = [...photos.slice(at + 1), ...photos.slice(0, Math.max(0, at))];
  return (order.find((photo) => photo.ready) ?? order[0])?.submission ?? null;
}

/** One step without deciding; stays where it is at either end. */
export function beside(photos: readonly Place[], current: SubmissionId | null, step: 1 | -1): SubmissionId | null {
  const at = photos.findIndex((photo) => photo.submission === current);
  if (at < 0) return photos[0]?.submission ?? null;
  return photos[at + step]?.submission ?? current;
}

/** What to have decoded: the one on the stage, the next three, the one before. The order is that of need. */
export function toPrefetch(photos: readonly Place[], current: SubmissionId | null): SubmissionId[] {
  const at = Math.max(0, photos.findIndex((photo) => photo.submission === current));
  return [at, at + 1, at + 2, at + 3, at - 1].flatMap((index) => {
    const photo = photos[index];
    return photo?.ready ? [photo.submission] : [];
  });
}
