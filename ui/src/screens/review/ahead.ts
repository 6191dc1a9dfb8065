// Which photos stand decoded: as many as a budget of pixels allows, in the order in which they are likely to be wanted.

/** At four bytes a pixel this is 32 MB: four photos of a screen's size, and more of the usual one. */
export const BUDGET_PX = 8_000_000;

/** Longer side of what the desk hands out to be looked at whole. */
const SCREEN_PX = 1600;

/** Pixels of a photo of that size as it is shown whole. */
export function shownPixels(width_px: number, height_px: number): number {
  const smaller = Math.min(1, SCREEN_PX / Math.max(width_px, height_px));
  return width_px * height_px * smaller * smaller;
}

export interface Wanted {
  /** Address of the photo. */
  src: string;
  /** Width by height. */
  pixels: number;
}

/**
 * Those that fit into the budget, likeliest first. The first two, the photo in front and the next, are kept whatever they
 * cost; behind the first that does not fit nothing is decoded, so that nothing unlikely takes the room of the likely.
 */
export function affordable(wanted: readonly Wanted[], budget_px = BUDGET_PX): string[] {
  let left_px = budget_px;
  const kept: string[] = [];
  for (const { src, pixels } of wanted) {
    left_px -= pixels;
    if (left_px < 0 && kept.length >= 2) break;
    kept.push(src);
  }
  return kept;
}
