/** Whole seconds until `until`, counted up, so that the last second reads 1; 0 once it is over. */
export function secondsLeft(until: string, nowMs: number): number {
  const left = Date.parse(until) - nowMs;
  return Number.isFinite(left) ? Math.max(0, Math.ceil(left / 1000)) : 0;
}
