// Which photos stand decoded: as many as a budget of pixels allows, in the order in which they are likely to be wanted.

/** At four bytes a pixel this is 160 MB: three photos of 12 megapixels, and dozens of the usual size. */
export const BUDGET_PX = 40_000_000;

export interface Wanted {
  submission: string;
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
  for (const { submission, pixels } of wanted) {
    left_px -= pixels;
    if (left_px < 0 && kept.length >= 2) break;
    kept.push(submission);
  }
  return kept;
}
