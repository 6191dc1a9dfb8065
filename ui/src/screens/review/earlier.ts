// What earlier attempts were rejected for, against what the checks say now.

import type { AttemptView, LifeView, PhotoView, ReasonCatalogue } from '../../ipc/desk';

/** `look`: the machine can't tell whether it is still so. */
export type Tick = 'fixed' | 'still' | 'look' | 'new';

export interface Line {
  /** Code of the reason. */
  code: string;
  tick: Tick;
}

/** The attempts before this one, the latest first. */
export function earlierOf(life: LifeView, photo: PhotoView): AttemptView[] {
  return life.attempts.filter(({ attempt }) => attempt < photo.attempt).sort((a, b) => b.attempt - a.attempt);
}

/** What an attempt was rejected for in the end, the reviewer's words included. */
export function rejectionOf(attempt: AttemptView): { reasons: string[]; note: string } {
  const last = attempt.decisions.at(-1);
  return last?.verdict === 'reject' ? { reasons: last.reasons, note: last.note } : { reasons: [], note: '' };
}

/** Every earlier reason once, then those that are new. */
export function linesOf(attempts: readonly AttemptView[], photo: PhotoView, catalogue: ReasonCatalogue | null): Line[] {
  const before = [...new Set(attempts.flatMap((attempt) => rejectionOf(attempt).reasons))];
  const failing = (photo.report?.checks ?? []).filter((check) => check.status === 'fail').map((check) => check.reason);
  const fresh = photo.suggested.filter((code) => failing.includes(code) && !before.includes(code));
  return [
    ...before.map((code) => ({ code, tick: tickOf(code, photo, catalogue) })),
    ...fresh.map((code) => ({ code, tick: 'new' as const })),
  ];
}

function tickOf(code: string, photo: PhotoView, catalogue: ReasonCatalogue | null): Tick {
  const suggesting = catalogue?.reasons.find((reason) => reason.code === code)?.suggested_by ?? [];
  const checks = (photo.report?.checks ?? []).filter(
    (check) => check.reason === code || suggesting.includes(check.code),
  );
  if (checks.some((check) => check.status === 'fail')) return 'still';
  const judged = checks.filter((check) => check.status !== 'not_applicable');
  return judged.length > 0 && judged.every((check) => check.status === 'pass') ? 'fixed' : 'look';
}
