// Which language is shown. Messages read it through the compiler's runtime; as it is reactive state, every text on the
// screen changes with it.

import type { Language } from '../ipc/desk';
import { overwriteGetLocale } from './messages/runtime.js';

let shown = $state<Language>('zh-CN');

overwriteGetLocale(() => shown);

export function language(): Language {
  return shown;
}

export function showLanguage(next: Language): void {
  shown = next;
  if (typeof document !== 'undefined') document.documentElement.lang = next;
}
