// The size of a rem now, for what is laid out by arithmetic. Everything else says `rem` in its style.

import { remOf } from './scale';

const state = $state({ px: 10 });
let percent = 100;

/** CSS pixels in a rem. */
export const rem: { readonly px: number } = state;

export function showScale(chosen: number): void {
  percent = chosen;
  // Without a window, as in tests, nothing is drawn.
  if (typeof window !== 'object') return;
  state.px = remOf(window.innerWidth, window.innerHeight, percent);
  document.documentElement.style.fontSize = `${state.px}px`;
}

if (typeof window === 'object') window.addEventListener('resize', () => showScale(percent));
