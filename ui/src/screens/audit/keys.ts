// What a key does while an audit file is looked through.

export type Action = 'mark-right' | 'mark-wrong' | 'note' | 'leave-note' | 'previous' | 'next' | 'expand' | 'close';

export interface Key {
  key: string;
  /** Held down: marks are made by pressing, once. */
  repeat: boolean;
  /** Control, alt or meta is down: the key belongs to the system. */
  modified: boolean;
  /** An input method is composing. */
  composing: boolean;
}

export const KEYS: Readonly<Record<string, Action>> = {
  y: 'mark-right',
  n: 'mark-wrong',
  t: 'note',
  arrowleft: 'previous',
  arrowright: 'next',
  d: 'expand',
  escape: 'close',
};
const REPEATING: readonly Action[] = ['previous', 'next'];

/** `typing`: the focus is in a field. */
export function actionOf({ key, repeat, modified, composing }: Key, typing: boolean): Action | null {
  if (modified || composing) return null;
  const action = KEYS[key.toLowerCase()];
  if (!action) return null;
  if (typing) return action === 'close' ? 'leave-note' : null;
  return repeat && !REPEATING.includes(action) ? null : action;
}
