// Which decisions of an audit file are shown, which is next, and how far the marking is. Plain functions of plain data.

import type { BundledDecision, DecisionId, Language, Reason } from '../../ipc/desk';

export const FILTERS = ['all', 'unmarked', 'rejected', 'passed', 'wrong'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Progress {
  /** Decisions that want a mark. */
  total: number;
  marked: number;
  right: number;
  /** Of the marked those that are right, rounded down to a tenth so that 100 means all; `null`: nothing is marked. */
  agreement_percent: number | null;
}

/** A decision that was taken back reached nobody: it wants no mark and does not count. */
export function wantsMark(decision: BundledDecision): boolean {
  return !decision.undone;
}

function unmarked(decision: BundledDecision): boolean {
  return wantsMark(decision) && decision.mark === null;
}

export function matches(decision: BundledDecision, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'unmarked':
      return unmarked(decision);
    case 'rejected':
      return decision.verdict === 'reject';
    case 'passed':
      return decision.verdict === 'pass';
    case 'wrong':
      return decision.mark?.right === false;
  }
}

/** The next that wants a mark and matches: behind the current one, then from the beginning; `null`: there is none. */
export function nextUnmarked(
  decisions: readonly BundledDecision[],
  current: DecisionId | null,
  filter: Filter,
): DecisionId | null {
  const at = decisions.findIndex((one) => one.decision === current);
  const ahead = [...decisions.slice(at + 1), ...decisions.slice(0, at + 1)];
  return ahead.find((one) => unmarked(one) && matches(one, filter))?.decision ?? null;
}

/**
 * One step among those that match; at either end it stays. The current one need not match any more, as when it has just
 * been marked: the step goes from where it stands in the file.
 */
export function step(
  decisions: readonly BundledDecision[],
  current: DecisionId | null,
  filter: Filter,
  by: 1 | -1,
): DecisionId | null {
  const at = decisions.findIndex((one) => one.decision === current);
  for (let place = at + by; place >= 0 && place < decisions.length; place += by) {
    const one = decisions[place];
    if (one && matches(one, filter)) return one.decision;
  }
  return current;
}

/** What is current under another filter: the same where it matches, else the first that does. */
export function refit(
  decisions: readonly BundledDecision[],
  current: DecisionId | null,
  filter: Filter,
): DecisionId | null {
  const fitting = decisions.filter((one) => matches(one, filter));
  return (fitting.find((one) => one.decision === current) ?? fitting[0])?.decision ?? null;
}

export function progressOf(decisions: readonly BundledDecision[]): Progress {
  const counted = decisions.filter(wantsMark);
  const marked = counted.filter((one) => one.mark !== null).length;
  const right = counted.filter((one) => one.mark?.right === true).length;
  const agreement_percent = marked === 0 ? null : Math.floor((right * 1000) / marked) / 10;
  return { total: counted.length, marked, right, agreement_percent };
}

/** The decision of the file on that submission that counts: the last one, taken back only where all are; `null`: none. */
export function decisionOn(decisions: readonly BundledDecision[], submission: string): BundledDecision | null {
  const all = decisions.filter((one) => one.submission === submission);
  return all.findLast((one) => !one.undone) ?? all.at(-1) ?? null;
}

/** The reason in words, as they were when the file was written. */
export function reasonWords(reasons: readonly Reason[], code: string, language: Language): string {
  const reason = reasons.find((one) => one.code === code);
  if (!reason) return code;
  return language === 'en' ? reason.en : reason.zh;
}
