// Which key means what. Pure: what the keyboard says and where the reviewer is go in, an intention comes out.

export type Intention =
  | { kind: 'pass' }
  | { kind: 'open_reject' }
  | { kind: 'send_rejection' }
  | { kind: 'leave_reject' }
  | { kind: 'toggle_reason'; index: number }
  | { kind: 'open_palette' }
  | { kind: 'write_note' }
  | { kind: 'undo' }
  | { kind: 'acknowledge' }
  | { kind: 'look'; step: 1 | -1 }
  | { kind: 'select_check'; step: 1 | -1 }
  | { kind: 'toggle_guides' }
  | { kind: 'toggle_actual_size' }
  | { kind: 'toggle_evidence' }
  | { kind: 'toggle_passes' }
  | { kind: 'toggle_outbox' }
  | { kind: 'show_keys' }
  | { kind: 'reset_view' };

export interface Key {
  key: string;
  repeat: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** An input method is composing a word. */
  isComposing: boolean;
  /** What has the focus: a field takes letters, a button takes Enter and space. */
  focus: 'field' | 'button' | 'page';
}

/** `reject`: the reasons and the message are being looked over. A dialog takes all keys itself. */
export type Mode = 'look' | 'reject' | 'dialog';

export function intention(key: Key, mode: Mode): Intention | null {
  if (mode === 'dialog' || key.focus === 'field' || key.isComposing) return null;
  if (key.ctrlKey || key.metaKey || key.altKey) return null;
  const moving = whileHeld(key.key);
  if (moving) return moving;
  // Whatever decides or toggles wants a key pressed anew.
  if (key.repeat) return null;
  if (key.focus === 'button' && (key.key === 'Enter' || key.key === ' ')) return null;
  if (/^[1-9]$/.test(key.key)) return { kind: 'toggle_reason', index: Number(key.key) - 1 };
  switch (key.key.toLowerCase()) {
    case 'p':
      return mode === 'look' ? { kind: 'pass' } : null;
    case 'r':
      return mode === 'look' ? { kind: 'open_reject' } : null;
    case 'enter':
      return mode === 'reject' ? { kind: 'send_rejection' } : null;
    case 'escape':
      return mode === 'reject' ? { kind: 'leave_reject' } : { kind: 'reset_view' };
    case '/':
      return { kind: 'open_palette' };
    case 'n':
      return mode === 'reject' ? { kind: 'write_note' } : null;
    case 'z':
      return { kind: 'undo' };
    case 'a':
      return { kind: 'acknowledge' };
    case 'g':
      return { kind: 'toggle_guides' };
    case 'f':
      return { kind: 'toggle_actual_size' };
    case 'e':
      return { kind: 'toggle_evidence' };
    case 'd':
      return { kind: 'toggle_passes' };
    case 'o':
      return { kind: 'toggle_outbox' };
    case '?':
      return { kind: 'show_keys' };
    default:
      return null;
  }
}

/** Keys that only look around may be held down. */
function whileHeld(key: string): Intention | null {
  switch (key) {
    case 'ArrowLeft':
      return { kind: 'look', step: -1 };
    case 'ArrowRight':
      return { kind: 'look', step: 1 };
    case 'ArrowUp':
      return { kind: 'select_check', step: -1 };
    case 'ArrowDown':
      return { kind: 'select_check', step: 1 };
    default:
      return null;
  }
}

const BUTTONS = 'button, a[href], summary, [role="button"], [role="option"]';
const FIELDS = 'input, textarea, select, [contenteditable="true"]';

export function focusOf(target: EventTarget | null): Key['focus'] {
  if (!(target instanceof Element)) return 'page';
  if (target.closest(FIELDS)) return 'field';
  return target.closest(BUTTONS) ? 'button' : 'page';
}
