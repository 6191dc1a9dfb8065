// Measuring from key to pixels, and knowing when something has reached the screen.

/** Two frames: after the first the change is laid out, with the second it has been handed to the screen. */
export function afterPaint(done: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(() => done()));
}

const MOST_MEASURES = 1000;
const MARK = 'key';
const MEASURE = 'key-to-photo';

export function markKey(): void {
  performance.clearMarks(MARK);
  performance.mark(MARK);
}

/** Ends the measurement that {@link markKey} began, if one is open. The oldest beyond a thousand are dropped. */
export function measurePhoto(): void {
  if (performance.getEntriesByName(MARK, 'mark').length === 0) return;
  performance.measure(MEASURE, MARK);
  performance.clearMarks(MARK);
  const kept = performance.getEntriesByName(MEASURE, 'measure');
  if (kept.length <= MOST_MEASURES) return;
  performance.clearMeasures(MEASURE);
  for (const entry of kept.slice(-MOST_MEASURES)) {
    performance.measure(MEASURE, { start: entry.startTime, duration: entry.duration });
  }
}
