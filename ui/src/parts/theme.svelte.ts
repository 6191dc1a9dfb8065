// Light or dark now, for whatever is drawn by hand. Everything else says so in its style.

import type { Theme } from '../ipc/desk';

const light = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: light)') : null;
const state = $state<{ shown: 'light' | 'dark' }>({ shown: 'dark' });
let chosen: Theme = 'system';
light?.addEventListener('change', () => showTheme(chosen));

export const theme: { readonly shown: 'light' | 'dark' } = state;

export function showTheme(to: Theme): void {
  chosen = to;
  const isLight = to === 'light' || (to === 'system' && light?.matches === true);
  state.shown = isLight ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = state.shown;
}
