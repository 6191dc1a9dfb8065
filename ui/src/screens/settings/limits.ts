// What the settings may be. The desk has the last word; this is so that the form can say it at once.

export const HOLD_S = { min: 0, max: 60 };
export const LEASE_AHEAD = { min: 1, max: 100 };

export function whole(text: string, limits: { min: number; max: number }): number | null {
  if (!/^\d+$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= limits.min && value <= limits.max ? value : null;
}
