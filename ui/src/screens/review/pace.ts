// How long a decision takes at the present pace.

/** So few say nothing. */
const GAPS_MIN = 5;
const GAPS_MAX = 20;
/** Whoever takes longer is doing something else. */
const PAUSE_MS = 120_000;

/** The median time between the last decisions, given when they were made; `null`: too few of them. */
export function paceOf(decided_ms: readonly number[]): number | null {
  const gaps = decided_ms
    .slice(1)
    .map((at, index) => at - (decided_ms[index] ?? at))
    .filter((gap) => gap > 0 && gap < PAUSE_MS)
    .slice(-GAPS_MAX)
    .sort((a, b) => a - b);
  return gaps.length < GAPS_MIN ? null : (gaps[Math.floor(gaps.length / 2)] ?? null);
}

/** Remembers when the decisions of the last while were made. */
export function remembered(decided_ms: readonly number[], now_ms: number): number[] {
  return [...decided_ms, now_ms].slice(-2 * GAPS_MAX);
}
