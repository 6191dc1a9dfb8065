// What did not work, as it is kept until it is read.

import { codeOf, DeskError } from '../../ipc/desk';

export interface Problem {
  code: string;
  facts: Readonly<Record<string, unknown>>;
}

export const problemOf = (error: unknown): Problem => ({
  code: codeOf(error),
  facts: error instanceof DeskError ? error.facts : {},
});
