// Words for codes: of checks, errors, formats. A code that is not known is shown as it is, so that nothing is hidden.

import type { Reason, ReasonCatalogue, ReasonCode } from '../ipc/desk';
import { language } from './language.svelte';
import { m } from './messages/messages.js';

export { m };

type Message = (inputs?: Record<string, unknown>) => string;

function find(key: string): Message | undefined {
  return Object.hasOwn(m, key) ? (m as unknown as Record<string, Message>)[key] : undefined;
}

function wordOr(key: string, fallback: string, inputs?: Record<string, unknown>): string {
  return find(key)?.(inputs) ?? fallback;
}

export function isWorded(key: string): boolean {
  return find(key) !== undefined;
}

export const checkName = (code: string): string => wordOr(`check.${code}.name`, code);
export const checkRule = (code: string): string => wordOr(`check.${code}.rule`, '');
export const namedWord = (name: string): string => wordOr(`named.${name}`, name);
export const errorWords = (code: string): string => wordOr(`error.${code}`, m['error.internal']());
export const unreadableWords = (code: string): string => wordOr(`unreadable.${code}`, m['unreadable.other']({ code }));
export const refusedWords = (code: string): string => wordOr(`refused.${code}`, m['refused.other']({ code }));
export const problemWords = (code: string): string => wordOr(`problem.${code}`, m['problem.other']({ code }));
export const statusWord = (status: string): string => wordOr(`status.${status}`, status);
export const verdictWord = (verdict: string): string => wordOr(`verdict.${verdict}`, verdict);
export const urgencyWord = (urgency: string): string => wordOr(`urgency.${urgency}`, urgency);
export const connectionWord = (connection: string): string => wordOr(`connection.${connection}`, connection);
export const connectionHint = (connection: string): string => wordOr(`connection.${connection}_hint`, '');
export const roleWord = (role: string): string => wordOr(`role.${role}`, role);

export function reasonLabel(reason: Pick<Reason, 'zh' | 'en'>): string {
  return language() === 'en' ? reason.en : reason.zh;
}

export function reasonWords(code: ReasonCode, catalogue: Pick<ReasonCatalogue, 'reasons'> | null): string {
  const reason = catalogue?.reasons.find((known) => known.code === code);
  return reason ? reasonLabel(reason) : code;
}
