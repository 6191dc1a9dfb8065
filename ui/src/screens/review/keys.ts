// What a key means, and which keys may be chosen. Pure: a press, the map and the situation in, an intent out.

/** Everything that a key can be chosen for, in the order of the key map. */
export const ACTIONS = {
  decide: ['pass', 'reject', 'others', 'note', 'undo', 'correct', 'skip', 'ask'],
  look: [
    'previous',
    'next',
    'lane_before',
    'lane_after',
    'batch',
    'check_up',
    'check_down',
    'zoom_evidence',
    'actual',
    'fit',
    'closer',
    'farther',
    'guides',
    'landmarks',
    'silhouette',
    'evidence',
    'expand',
    'earlier',
    'blink',
    'match',
  ],
  else: ['outbox', 'acknowledge', 'today', 'find', 'overtime', 'settings', 'keys'],
  audit: ['mark_right', 'mark_wrong', 'mark_note'],
} as const;

export type Action = (typeof ACTIONS)[keyof typeof ACTIONS][number];
export type KeyMap = Readonly<Record<Action, string>>;

export const USUAL: KeyMap = {
  pass: 'p',
  reject: 'r',
  others: '/',
  note: 'n',
  undo: 'z',
  correct: 'c',
  skip: 'k',
  ask: 'w',
  previous: 'ArrowLeft',
  next: 'ArrowRight',
  lane_before: '[',
  lane_after: ']',
  batch: ';',
  check_up: 'ArrowUp',
  check_down: 'ArrowDown',
  zoom_evidence: 'e',
  actual: 'f',
  fit: '0',
  closer: '=',
  farther: '-',
  guides: 'g',
  landmarks: 'l',
  silhouette: 's',
  evidence: 'v',
  expand: 'd',
  earlier: 'h',
  blink: 'b',
  match: 'm',
  outbox: 'o',
  acknowledge: 'a',
  today: 't',
  find: 'q',
  overtime: 'u',
  settings: ',',
  keys: '?',
  mark_right: 'y',
  mark_wrong: 'n',
  mark_note: 't',
};

export type Screen = 'review' | 'audit';
/** They mean the same while an audit file is looked through. */
const IN_BOTH: readonly Action[] = ['previous', 'next', 'expand', 'settings', 'keys'];

/** Whether the action has its key on that screen: the same key may mean something else on another. */
function heard(action: Action, screen: Screen): boolean {
  const audit = (ACTIONS.audit as readonly Action[]).includes(action);
  return IN_BOTH.includes(action) || audit === (screen === 'audit');
}

/** Whose key it is on that screen. */
export function actionOn(screen: Screen, key: string, map: KeyMap): Action | undefined {
  return (Object.keys(map) as Action[]).find((one) => map[one] === key && heard(one, screen));
}

export type Intent = { do: Action } | { do: 'send' } | { do: 'leave' } | { do: 'toggle'; index: number };

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
const REPEATABLE: readonly Action[] = ['previous', 'next', 'check_up', 'check_down', 'closer', 'farther'];
const DECIDING: readonly Action[] = ['pass', 'reject', 'others', 'note'];

/** The same key with Shift, or as a Chinese keyboard layout writes it. */
const SAME: Readonly<Record<string, string>> = { '+': '=', _: '-', '？': '?', '、': '/', '，': ',', '。': '.', '；': ';', '【': '[', '】': ']', '{': '[', '}': ']', ':': ';', '：': ';' };

/** A key as it is kept: without Shift where it only makes a letter large. */
export function plainKey(key: string): string {
  return key.length === 1 ? (SAME[key] ?? key.toLowerCase()) : key;
}

/** What a person chose, over what is usual. */
export function keyMap(chosen: Readonly<Record<string, string>>): KeyMap {
  const known = Object.keys(USUAL).filter((action) => chosen[action]);
  return { ...USUAL, ...Object.fromEntries(known.map((action) => [action, chosen[action]])) };
}

export function intentOf(press: Press, situation: Situation, map: KeyMap): Intent | null {
  if (press.composing || press.modified || press.inText) return null;
  if (press.onControl && (press.key === 'Enter' || press.key === ' ')) return null;
  const key = plainKey(press.key);
  const action = actionOn('review', key, map);
  if (press.repeat && !(action && REPEATABLE.includes(action))) return null;
  if (key === 'Escape') return { do: 'leave' };
  if (action && !DECIDING.includes(action)) return { do: action };
  if (!situation.decidable) return null;
  if (action) return { do: action };
  if (key === 'Enter') return { do: 'send' };
  return /^[1-9]$/.test(key) ? { do: 'toggle', index: Number(key) - 1 } : null;
}

/** These mean the same everywhere: they can't be chosen. */
const FIXED = /^([1-9]|Enter|Escape|Tab|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified|F\d+)$/;

/** Who else has the key; `fixed`: nobody may have it; `null`: it is free. */
export function conflictOf(map: KeyMap, action: Action, key: string): Action | 'fixed' | null {
  if (FIXED.test(key)) return 'fixed';
  const together = (one: Action): boolean => (['review', 'audit'] as const).some((on) => heard(one, on) && heard(action, on));
  return (Object.keys(map) as Action[]).find((one) => one !== action && map[one] === key && together(one)) ?? null;
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': 'Space',
  '=': '+',
  '-': '−',
  Escape: 'Esc',
  Backspace: '⌫',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** As it is printed. */
export function shownKey(key: string): string {
  return SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** The facts of a keyboard event. */
export function pressOf(event: KeyboardEvent, held: boolean): Press {
  const at = event.target instanceof Element ? event.target : null;
  return {
    key: event.key,
    repeat: event.repeat || held,
    composing: event.isComposing || event.key === 'Process',
    modified: event.ctrlKey || event.altKey || event.metaKey,
    inText: at?.matches('input, textarea, select, [contenteditable]') ?? false,
    onControl: at?.matches('button, a[href]') ?? false,
  };
}

/** The keys that are down. Some web views don't say that a key repeats itself. */
export class Held {
  #codes = new Set<string>();

  /** Answers whether it was down already. */
  down(code: string): boolean {
    if (this.#codes.has(code)) return true;
    this.#codes.add(code);
    return false;
  }

  up(code: string): void {
    this.#codes.delete(code);
  }

  /** The window lost the focus: nobody tells which keys come up. */
  forget(): void {
    this.#codes.clear();
  }
}
