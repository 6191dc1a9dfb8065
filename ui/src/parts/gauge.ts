// Where a value lies on its scale, and which part of the scale is legal. All in percent of the gauge's length.

import type { Check } from '../ipc/desk';

export interface Gauge {
  legalFrom: number;
  legalTo: number;
  /** Absent: nothing was measured. */
  at: number | null;
  /** The value lies beyond the end of the scale. */
  beyond: boolean;
}

/** Absent where a gauge would say nothing: no range, no extent, or a single legal value. */
export function gauge(check: Pick<Check, 'measured' | 'required'>): Gauge | null {
  const required = check.required;
  if (required?.kind !== 'range' || required.min === required.max) return null;
  const { min, max, scale_min, scale_max } = required;
  const extent = scale_max - scale_min;
  if (!(extent > 0)) return null;
  const place = (value: number) => Math.min(100, Math.max(0, ((value - scale_min) / extent) * 100));
  const value = check.measured?.kind === 'number' ? check.measured.value : null;
  return {
    legalFrom: min === null ? 0 : place(min),
    legalTo: max === null ? 100 : place(max),
    at: value === null ? null : place(value),
    beyond: value !== null && (value < scale_min || value > scale_max),
  };
}
