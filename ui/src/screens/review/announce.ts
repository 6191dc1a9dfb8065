// What assistive technology hears of a decision.

import type { DecisionView, Verdict } from '../../ipc/desk';
import { m } from '../../text/text.svelte';
import { secondsUntil } from '../../text/times';

export function verdictWord(verdict: Verdict): string {
  return verdict === 'pass' ? m.common_verdict_pass() : m.common_verdict_reject();
}

export function decidedWords(decision: DecisionView, name: string, now_ms: number): string {
  const verdict = verdictWord(decision.verdict);
  const seconds = secondsUntil(decision.held_until, now_ms);
  return seconds > 0 ? m.review_announce_decided({ verdict, name, seconds }) : m.review_announce_final({ verdict, name });
}
