// Whether decisions follow each other faster than anybody can look.

/** So many photos make a streak. */
export const STREAK = 5;

/**
 * Milliseconds a photo over the last decisions, where that is less than what was set; `null`: all is well. `floor_ms` of
 * 0 never asks.
 */
export function tooFast(decided_ms: readonly number[], floor_ms: number): number | null {
  const last = decided_ms.slice(-STREAK - 1);
  const [from, to] = [last[0], last.at(-1)];
  if (last.length <= STREAK || from === undefined || to === undefined) return null;
  const each = (to - from) / STREAK;
  return each < floor_ms ? each : null;
}
