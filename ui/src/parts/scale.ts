// How large the interface is drawn, beside the photo: by the size of the window, and by what a person chose.

/** What may be chosen, in per cent. */
export const SCALES: readonly number[] = [100, 110, 125, 150, 175, 200];

/** The window that the interface is drawn for. */
const DESIGN = { width: 1366, height: 768 };
/** How much of a window's growth goes to the words; the rest goes to the photo. */
const SHARE = 0.4;

/** Of a window: 1 at the smallest, 1.35 at 2560 × 1440. */
export function windowScale(width: number, height: number): number {
  const growth = Math.min(width / DESIGN.width, height / DESIGN.height);
  const scale = 1 + SHARE * Math.max(0, growth - 1);
  return Math.round(scale * 20) / 20;
}

/** CSS pixels in a rem: ten of the design's. */
export function remOf(width: number, height: number, percent: number): number {
  return (10 * windowScale(width, height) * percent) / 100;
}

/** The next larger or smaller scale. */
export function stepped(percent: number, by: 1 | -1): number {
  const beyond = by > 0 ? SCALES.find((one) => one > percent) : SCALES.findLast((one) => one < percent);
  return beyond ?? Math.min(200, Math.max(100, percent));
}

/** The scale that Control with plus, minus or zero asks for; `null`: it is another key. */
export function scaleKey(press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, percent: number): number | null {
  if (!(press.ctrlKey || press.metaKey) || press.altKey) return null;
  switch (press.key) {
    case '+':
    case '=':
      return stepped(percent, 1);
    case '-':
    case '_':
      return stepped(percent, -1);
    case '0':
      return 100;
    default:
      return null;
  }
}
