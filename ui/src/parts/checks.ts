// The order in which checks are read: what fails first, what is fine last; within a status the report's own order.

import type { Check, Status } from '../ipc/desk';

const ORDER: Status[] = ['fail', 'unsure', 'warn', 'pass', 'not_applicable'];

export function inOrder(checks: readonly Check[]): Check[] {
  return ORDER.flatMap((status) => checks.filter((check) => check.status === status));
}

/** Those that a reviewer has to look at. */
export function openChecks(checks: readonly Check[]): Check[] {
  return checks.filter((check) => check.status === 'fail' || check.status === 'unsure' || check.status === 'warn');
}

export function closedChecks(checks: readonly Check[]): Check[] {
  return checks.filter((check) => check.status === 'pass' || check.status === 'not_applicable');
}
