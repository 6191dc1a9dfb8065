// The steps of the guided tour, and where its card stands. Pure.

/** Each names a `data-tour` of the review screen. */
export const STEPS = ['stage', 'checks', 'decide', 'reasons', 'undo', 'strip', 'keys'] as const;
export type Step = (typeof STEPS)[number];

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Beside what it points at, where there is room on one of its four sides; else inside it, at the bottom. */
export function cardPlace(at: Box, card: Size, view: Size, gap: number): { left: number; top: number } {
  const [right, bottom] = [at.left + at.width, at.top + at.height];
  const middle = { left: at.left + (at.width - card.width) / 2, top: at.top + (at.height - card.height) / 2 };
  const beside = [
    { fits: right + gap + card.width <= view.width - gap, place: { left: right + gap, top: middle.top } },
    { fits: at.left - gap - card.width >= gap, place: { left: at.left - gap - card.width, top: middle.top } },
  ];
  const over = [
    { fits: at.top - gap - card.height >= gap, place: { left: middle.left, top: at.top - gap - card.height } },
    { fits: bottom + gap + card.height <= view.height - gap, place: { left: middle.left, top: bottom + gap } },
  ];
  // What is lower than the card stands in a row with others, which the card would cover.
  const sides = at.height < card.height ? [...over, ...beside] : [...beside, ...over];
  const place = sides.find(({ fits }) => fits)?.place ?? { left: middle.left, top: bottom - gap - card.height };
  const within = (value: number, size: number, most: number) => Math.max(gap, Math.min(value, most - size - gap));
  return { left: within(place.left, card.width, view.width), top: within(place.top, card.height, view.height) };
}

/** The keys of the tour: those that mean nothing else, so that no key that decides is ever taken away. */
export function tourKeys(taken: readonly string[]): { on: string; back: string } {
  const free = (...keys: string[]) => keys.find((key) => !taken.includes(key)) ?? '';
  return { on: free(' ', 'PageDown', 'End'), back: free('Backspace', 'PageUp', 'Home') };
}
