// What a key means. Pure: a press and the situation in, an intent out.

export type Intent =
  | { do: 'pass' }
  | { do: 'reject' }
  | { do: 'send' }
  | { do: 'leave' }
  | { do: 'toggle'; index: number }
  | { do: 'others' }
  | { do: 'note' }
  | { do: 'undo' }
  | { do: 'acknowledge' }
  | { do: 'move'; by: 1 | -1 }
  | { do: 'check'; by: 1 | -1 }
  | { do: 'expand' }
  | { do: 'guides' }
  | { do: 'evidence' }
  | { do: 'actual' }
  | { do: 'outbox' }
  | { do: 'keys' }
  | { do: 'settings' };

export interface Press {
  key: string;
  /** The key is held down and repeats itself. */
  repeat: boolean;
  /** An input method is putting a character together. */
  composing: boolean;
  /** With Control, Alt or Meta: belongs to the window system. */
  modified: boolean;
  /** A text field has the focus. */
  inText: boolean;
  /** A button that was reached by the Tab key has the focus: Enter and Space are its own. */
  onControl: boolean;
}

export interface Situation {
  /** The photo that is in front was painted, or nothing of it can be shown; and no decision is on its way. */
  decidable: boolean;
}

/** These follow a key that is held down; nothing else does. */
const REPEATABLE = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

const ALWAYS: Readonly<Record<string, Intent>> = {
  ArrowLeft: { do: 'move', by: -1 },
  ArrowRight: { do: 'move', by: 1 },
  ArrowUp: { do: 'check', by: -1 },
  ArrowDown: { do: 'check', by: 1 },
  Escape: { do: 'leave' },
  a: { do: 'acknowledge' },
  d: { do: 'expand' },
  g: { do: 'guides' },
  e: { do: 'evidence' },
  f: { do: 'actual' },
  o: { do: 'outbox' },
  z: { do: 'undo' },
  '?': { do: 'keys' },
  '？': { do: 'keys' },
  ',': { do: 'settings' },
};

const DECIDING: Readonly<Record<string, Intent>> = {
  p: { do: 'pass' },
  r: { do: 'reject' },
  Enter: { do: 'send' },
  '/': { do: 'others' },
  '、': { do: 'others' },
  n: { do: 'note' },
};

export function intentOf(press: Press, situation: Situation): Intent | null {
  if (press.composing || press.modified || press.inText) return null;
  if (press.repeat && !REPEATABLE.has(press.key)) return null;
  if (press.onControl && (press.key === 'Enter' || press.key === ' ')) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const always = ALWAYS[key];
  if (always) return always;
  if (!situation.decidable) return null;
  if (/^[1-9]$/.test(key)) return { do: 'toggle', index: Number(key) - 1 };
  return DECIDING[key] ?? null;
}

/** The facts of a keyboard event. */
export function pressOf(event: KeyboardEvent): Press {
  const at = event.target instanceof Element ? event.target : null;
  return {
    key: event.key,
    repeat: event.repeat,
    composing: event.isComposing || event.key === 'Process',
    modified: event.ctrlKey || event.altKey || event.metaKey,
    inText: at?.matches('input, textarea, select, [contenteditable]') ?? false,
    onControl: at?.matches('button, a[href]') ?? false,
  };
}
