// When the work will be done at the present pace, from the decisions of this sitting.

const LOOK_BACK = 30;
const FEWEST = 5;
/** A longer gap is a pause, not work. */
const PAUSE_MS = 60_000;

/** Mean milliseconds a photo over the last decisions without pauses; absent while there are too few. */
export function msPerPhoto(decidedAtMs: readonly number[]): number | null {
  const recent = decidedAtMs.slice(-LOOK_BACK - 1);
  const gaps = recent
    .slice(1)
    .map((at, index) => at - (recent[index] ?? at))
    .filter((gap) => gap > 0 && gap <= PAUSE_MS);
  if (gaps.length < FEWEST) return null;
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

export function doneAtMs(decidedAtMs: readonly number[], left: number, nowMs: number): number | null {
  const pace = msPerPhoto(decidedAtMs);
  return pace === null || left === 0 ? null : nowMs + pace * left;
}
