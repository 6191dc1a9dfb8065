// How a report of many checks is read: first what wants attention (what fails, what is unsure, notes), then the rest,
// folded into its groups. And how close together the first part has to stand to be seen at once.

import type { Check, Status } from '../ipc/desk';
import { ATTENTION } from './status';

export type Group = Check['group'];

/** Always in this order and always all, so that a group keeps its place from photo to photo. */
export const GROUPS: readonly Group[] = [
  'file',
  'composition',
  'pose',
  'covering',
  'background',
  'light',
  'sharpness',
  'dress',
  'integrity',
];

const WANTS: readonly Status[] = ['fail', 'unsure', 'warn'];
export const wantsAttention = (check: Check): boolean => WANTS.includes(check.status);

/** What a person has to look at, most urgent first; within a status the report's order holds. */
export function attentionOf(checks: readonly Check[]): Check[] {
  return WANTS.flatMap((status) => checks.filter((check) => check.status === status));
}

export interface GroupLine {
  group: Group;
  /** The most urgent status in it; `null`: nothing was checked. */
  worst: Status | null;
  /** What is folded: it passes, or does not apply. */
  folded: Check[];
  passed: number;
  /** Those that apply. */
  total: number;
}

export function groupLines(checks: readonly Check[]): GroupLine[] {
  return GROUPS.map((group) => {
    const all = checks.filter((check) => check.group === group);
    const applied = all.filter((check) => check.status !== 'not_applicable');
    return {
      group,
      worst: ATTENTION.find((status) => all.some((check) => check.status === status)) ?? null,
      folded: all.filter((check) => !wantsAttention(check)),
      passed: applied.filter((check) => check.status === 'pass').length,
      total: applied.length,
    };
  });
}

/** Code of the check that is `by` lines away from the selected one; from none, the first or the last. */
export function neighbour(checks: readonly Check[], selected: string | null, by: 1 | -1): string | null {
  const lines = [...attentionOf(checks), ...groupLines(checks).flatMap((line) => line.folded)];
  const at = selected === null ? -1 : lines.findIndex((check) => check.code === selected);
  const next = at < 0 ? (by > 0 ? 0 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, at + by));
  return lines[next]?.code ?? null;
}

/** `full`: every line with gauge, rule and what to look at; `close`: notes and rules go; `tight`: one line each. */
export type Density = 'full' | 'close' | 'tight';

/** Heights of a line, in rem: the style of `check-line.svelte` has the same. */
export const LINE_REM: Readonly<Record<Density, Readonly<Record<Status, number>>>> = {
  full: { fail: 5.8, unsure: 7.8, warn: 5.8, pass: 2.2, not_applicable: 2.2 },
  close: { fail: 4, unsure: 4, warn: 2.4, pass: 2.2, not_applicable: 2.2 },
  tight: { fail: 2.4, unsure: 2.4, warn: 2.4, pass: 2.2, not_applicable: 2.2 },
};

/** The widest spacing at which all that wants attention is seen at once, the selected line in full. */
export function densityOf(attention: readonly Check[], selected: string | null, room_rem: number): Density {
  const fits = (density: Density): boolean => {
    const heights = attention.map((check) => LINE_REM[check.code === selected ? 'full' : density][check.status]);
    return heights.reduce((sum, height) => sum + height, 0) <= room_rem;
  };
  return fits('full') ? 'full' : fits('close') ? 'close' : 'tight';
}
