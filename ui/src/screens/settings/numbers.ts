// What may be typed into the settings' number fields.

export interface Span {
  readonly min: number;
  readonly max: number;
}

/** Seconds that a decision is held. */
export const HOLD_S: Span = { min: 0, max: 60 };
/** Photos that are taken ahead. */
export const LEASE_AHEAD: Span = { min: 1, max: 100 };

/** Of a hundred photos so many hide the machine's opinion at first. */
export const BLIND_PERCENT: Span = { min: 0, max: 100 };

/** The least time a photo, over a streak, in milliseconds. */
export const BREATH_MS: Span = { min: 0, max: 5000 };

/** The whole number that was typed; `null`: none, or one outside of the span. Full-width digits of an input method count. */
export function wholeNumber(typed: string, { min, max }: Span): number | null {
  const plain = typed.normalize('NFKC').trim();
  if (!/^\d{1,6}$/.test(plain)) return null;
  const value = Number(plain);
  return value >= min && value <= max ? value : null;
}
