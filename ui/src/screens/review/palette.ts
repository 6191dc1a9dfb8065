// Finding a reason among all by Chinese, English, code, or pinyin: whole syllables or their first letters.

import { pinyin } from 'pinyin-pro';
import type { Reason, ReasonCatalogue } from '../../ipc/desk';
import type { Chip } from './chips';

export interface Findable {
  reason: Reason;
  /** Lower case, no spaces. */
  keys: string[];
}

const plain = (text: string): string => text.toLowerCase().replace(/[\s_\-’'"“”]+/g, '');

export function findable(reasons: readonly Reason[]): Findable[] {
  return reasons.map((reason) => {
    const syllables = pinyin(reason.zh, { toneType: 'none', type: 'array' });
    const initials = pinyin(reason.zh, { pattern: 'first', toneType: 'none', type: 'array' });
    return {
      reason,
      keys: [reason.zh, reason.en, reason.code, syllables.join(''), initials.join('')].map(plain),
    };
  });
}

/** Those that match, the ones that begin with what was typed first. */
export function found(all: readonly Findable[], typed: string): Reason[] {
  const wanted = plain(typed);
  const begins = all.filter(({ keys }) => keys.some((key) => key.startsWith(wanted)));
  const holds = all.filter((one) => !begins.includes(one) && one.keys.some((key) => key.includes(wanted)));
  return [...begins, ...holds].map(({ reason }) => reason);
}

/** The lines of the palette: the numbered ones, then the rest; or, when something was typed, what was found. */
export function listed(
  chips: readonly Chip[],
  catalogue: ReasonCatalogue | null,
  matches: readonly Reason[] = catalogue?.reasons ?? [],
): Chip[] {
  const numbered = new Set(chips.map(({ reason }) => reason.code));
  const rest = matches.filter((reason) => !numbered.has(reason.code));
  return [...chips, ...rest.map((reason) => ({ reason, key: null, chosen: false }))];
}
