// Every visible word comes from here. Messages are compiled; this adds the language that can change while the page lives.

import type { Language } from '../ipc/desk';
import * as messages from './messages/messages.js';
import { overwriteGetLocale } from './messages/runtime.js';

export { messages as m };

const state = $state<{ now: Language }>({ now: 'zh-CN' });
overwriteGetLocale(() => state.now);

/** Read `language.now` in a template, and it is drawn again when the language changes. */
export const language: { readonly now: Language } = state;

export function setLanguage(to: Language): void {
  state.now = to;
  document.documentElement.lang = to;
}

const byKey = messages as unknown as Record<string, ((facts: Record<string, unknown>) => string) | undefined>;

/** The message of a key that is put together while running, such as a check's name; else the fallback. */
export function word(key: string, fallback: string, facts: Record<string, unknown> = {}): string {
  return byKey[key]?.(facts) ?? fallback;
}
