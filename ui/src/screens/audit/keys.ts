// What a key does while an audit file is looked through. The keys themselves are in the desk's one table.

import { actionOn, plainKey, type Action as Named, type KeyMap } from '../review/keys';

export type Action = Named | 'leave-note' | 'close';

export interface Key {
  key: string;
  /** Held down: marks are made by pressing, once. */
  repeat: boolean;
  /** Control, alt or meta is down: the key belongs to the system. */
  modified: boolean;
  /** An input method is composing. */
  composing: boolean;
}

const REPEATING: readonly Action[] = ['previous', 'next'];

/** `typing`: the focus is in a field. */
export function actionOf({ key, repeat, modified, composing }: Key, typing: boolean, map: KeyMap): Action | null {
  if (modified || composing) return null;
  if (key === 'Escape') return repeat ? null : typing ? 'leave-note' : 'close';
  const action = typing ? undefined : actionOn('audit', plainKey(key), map);
  return action && (!repeat || REPEATING.includes(action)) ? action : null;
}
