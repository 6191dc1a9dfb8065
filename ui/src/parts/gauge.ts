// Gauge arithmetic: from a measurement and what is required to fractions of the gauge's width.

import type { Measured, Required } from '../ipc/desk';

export interface GaugeView {
  /** The legal part, 0 … 1. */
  from: number;
  to: number;
  /** The measurement, 0 … 1. */
  at: number;
  /** Whether it lies outside of what the gauge spans, and is drawn at its end. */
  beyond: boolean;
}

const fraction = (value: number, min: number, max: number): number => (value - min) / (max - min);
const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** `null` where there is nothing to draw: no number, or no range. */
export function gaugeOf(measured: Measured | null, required: Required | null): GaugeView | null {
  if (required?.kind !== 'range') return null;
  if (measured?.kind !== 'number' && measured?.kind !== 'colour') return null;
  const value = measured.kind === 'number' ? measured.value : measured.delta_e;
  const { scale_min: low, scale_max: high } = required;
  if (!(high > low)) return null;
  const at = fraction(value, low, high);
  return {
    from: clamp(fraction(required.min ?? low, low, high)),
    to: clamp(fraction(required.max ?? high, low, high)),
    at: clamp(at),
    beyond: at < 0 || at > 1,
  };
}
