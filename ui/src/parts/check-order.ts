// In which order checks are read: what fails, what is unsure, notes, what passes, what does not apply. Within each the
// report's order holds.

import type { Check, Status } from '../ipc/desk';
import { ATTENTION } from './status';

export interface Section {
  status: Status;
  checks: Check[];
}

export function sectionsOf(checks: readonly Check[]): Section[] {
  return ATTENTION.map((status) => ({ status, checks: checks.filter((check) => check.status === status) })).filter(
    (section) => section.checks.length > 0,
  );
}

/** Code of the check that is `by` lines away from the selected one; from none, the first or the last. */
export function neighbour(checks: readonly Check[], selected: string | null, by: 1 | -1): string | null {
  const codes = sectionsOf(checks).flatMap((section) => section.checks.map((check) => check.code));
  if (codes.length === 0) return null;
  const at = selected === null ? -1 : codes.indexOf(selected);
  const next = at < 0 ? (by > 0 ? 0 : codes.length - 1) : Math.min(codes.length - 1, Math.max(0, at + by));
  return codes[next] ?? null;
}
