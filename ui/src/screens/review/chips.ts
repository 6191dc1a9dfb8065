// The reasons at the bottom: those that the checks suggest, then those that were chosen elsewhere, numbered.

import type { PhotoView, Reason, ReasonCatalogue } from '../../ipc/desk';

export interface Chip {
  reason: Reason;
  /** `1` … `9`; the rest has no key. */
  key: string | null;
  chosen: boolean;
}

export function chipsOf(
  catalogue: ReasonCatalogue | null,
  suggested: readonly string[],
  chosen: readonly string[],
): Chip[] {
  const codes = [...suggested, ...chosen.filter((code) => !suggested.includes(code))];
  const known = codes.flatMap((code) => catalogue?.reasons.find((one) => one.code === code) ?? []);
  return known.map((reason, index) => ({
    reason,
    key: index < 9 ? String(index + 1) : null,
    chosen: chosen.includes(reason.code),
  }));
}

export function toggled(chosen: readonly string[], code: string): string[] {
  return chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code];
}

/** The suggested reasons of checks that fail; those that a person has to look at are not chosen for them. */
export function failing(photo: PhotoView): string[] {
  const failed = (photo.report?.checks ?? []).filter((check) => check.status === 'fail').map((check) => check.reason);
  return photo.suggested.filter((code) => failed.includes(code));
}
