// Of a list of equally high rows only those in sight are drawn: a day may hold thousands of decisions.

const SPARE_ROWS = 4;

/** First row to be drawn and the one behind the last. */
export function rowsInSight(scrolled_px: number, height_px: number, row_px: number, count: number): [number, number] {
  const first = Math.floor(scrolled_px / row_px) - SPARE_ROWS;
  const end = Math.ceil((scrolled_px + height_px) / row_px) + SPARE_ROWS;
  return [Math.min(Math.max(first, 0), count), Math.min(Math.max(end, 0), count)];
}

/** Where to scroll so that a row is in sight; unchanged where it already is. */
export function scrollTo(row: number, scrolled_px: number, height_px: number, row_px: number): number {
  const top = row * row_px;
  if (top < scrolled_px) return top;
  return Math.max(scrolled_px, top + row_px - height_px);
}
