// Finding a reason by what is typed: Chinese, pinyin or its initials, English, code.

import type { Reason } from '../../ipc/desk';

/** Whether pinyin typed as `query` can be read off `chinese`. Loaded apart, because its dictionary is large. */
export type PinyinMatch = (chinese: string, query: string) => boolean;

export async function loadPinyin(): Promise<PinyinMatch> {
  const { match } = await import('pinyin-pro');
  return (chinese, query) => match(chinese, query, { continuous: true }) !== null;
}

/** The better a reason fits the sooner it comes; among equals the catalogue's order stays. */
export function matching(reasons: readonly Reason[], typed: string, pinyin: PinyinMatch | null): Reason[] {
  const query = typed.trim().toLowerCase();
  if (query === '') return [...reasons];
  return reasons
    .map((reason, at) => ({ reason, at, rank: rank(reason, query, pinyin) }))
    .filter((found) => found.rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.at - b.at)
    .map((found) => found.reason);
}

function rank(reason: Reason, query: string, pinyin: PinyinMatch | null): number | null {
  const code = reason.code.toLowerCase();
  const english = reason.en.toLowerCase();
  if (code === query) return 0;
  if (reason.zh.startsWith(query)) return 1;
  if (reason.zh.includes(query)) return 2;
  if (code.startsWith(query)) return 3;
  if (english.split(/[^a-z]+/).some((word) => word.startsWith(query))) return 4;
  if (/^[a-z]+$/.test(query) && pinyin?.(reason.zh, query)) return 5;
  if (code.includes(query) || english.includes(query)) return 6;
  return null;
}
