// The keys as they are now, and which of them are down.

import { app } from '../../app.svelte';
import { Held, keyMap, shownKey, type Action, type KeyMap } from './keys';

class KeysNow {
  readonly map = $derived<KeyMap>(keyMap(app.settings.keys));

  /** The key of an action as it is printed. */
  of(action: Action): string {
    return shownKey(this.map[action]);
  }
}

export const keys = new KeysNow();

const held = new Held();
const repeats = new WeakSet<KeyboardEvent>();

/** To be called with every key that comes down, before anything else is done with it. */
export function keyDown(event: KeyboardEvent): void {
  // While Meta is down nobody tells which keys come up; a key without a code was not pressed by a hand.
  if (event.metaKey || event.code === '') return;
  if (held.down(event.code) || event.repeat) repeats.add(event);
}

export function keyUp(event: KeyboardEvent): void {
  held.up(event.code);
}

/** The window lost the focus. */
export function keysForgotten(): void {
  held.forget();
}

/** Whether the key was down already. */
export function isRepeat(event: KeyboardEvent): boolean {
  return event.repeat || repeats.has(event);
}
