// An error as a sentence that says what happened and what to do.

import { DeskError } from '../ipc/desk';
import { m, word } from './text.svelte';

export function errorWords(error: unknown): string {
  return error instanceof DeskError ? codeWords(error.code, error.facts) : m.error_internal();
}

/** Of an error code of the desk or of the backend. */
export function codeWords(code: string, facts: Readonly<Record<string, unknown>> = {}): string {
  return word(`error_${code}`, m.error_internal(), facts);
}
