// What a status looks like and in which order statuses want attention.

import type { Status } from '../ipc/desk';

export const SIGNS: Readonly<Record<Status | 'none', string>> = {
  fail: '✕',
  unsure: '?',
  warn: '!',
  pass: '✓',
  not_applicable: '–',
  none: '·',
};

/** Most urgent first. */
export const ATTENTION: readonly Status[] = ['fail', 'unsure', 'warn', 'pass', 'not_applicable'];
