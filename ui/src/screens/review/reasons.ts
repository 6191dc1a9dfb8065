// Which reasons are offered under the digits, and what choosing does to them.

import type { ReasonCode } from '../../ipc/desk';

export const MOST_CHIPS = 9;

/** What the machine suggests keeps its numbers; whatever else was chosen follows in the order of choosing. */
export function chipsOf(suggested: readonly ReasonCode[], chosen: readonly ReasonCode[]): ReasonCode[] {
  return [...suggested, ...chosen.filter((code) => !suggested.includes(code))];
}

export function toggled(chosen: readonly ReasonCode[], code: ReasonCode): ReasonCode[] {
  return chosen.includes(code) ? chosen.filter((other) => other !== code) : [...chosen, code];
}

/** Opening the rejection with nothing chosen takes what the machine suggests. */
export function chosenOnReject(suggested: readonly ReasonCode[], chosen: readonly ReasonCode[]): ReasonCode[] {
  return chosen.length > 0 ? [...chosen] : [...suggested];
}
