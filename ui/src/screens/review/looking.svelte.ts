// How the photo in front is looked at, and at which check.

import type { Check } from '../../ipc/desk';
import { neighbour } from '../../parts/check-list';
import type { Look } from '../../parts/look';
import { nextBeside, type Beside } from './same-shot';

export class Looking {
  look = $state.raw<Look>('fit');
  /** The old photo and the new one are shown in turn. */
  blinking = $state(false);
  /** Which of the same shots stands beside the photo, and how; `null`: none. */
  beside = $state.raw<Beside | null>(null);
  /** Code of the selected check. */
  check = $state<string | null>(null);

  select(code: string | null): void {
    this.check = code;
    // What was enlarged by hand stays; what was enlarged for a check goes with it.
    if (code === null && this.look === 'evidence') this.look = 'fit';
  }

  selectNeighbour(checks: readonly Check[], by: 1 | -1): void {
    this.check = neighbour(checks, this.check, by);
  }

  /** Close to the selected check's evidence, or to that of the first that wants attention; and back. */
  toggleEvidence(checks: readonly Check[]): void {
    if (!this.check) this.selectNeighbour(checks, 1);
    this.look = this.look === 'evidence' ? 'fit' : 'evidence';
  }

  toggleActual(): void {
    this.look = this.look === 'actual' ? 'fit' : 'actual';
  }

  toggleBlink(): void {
    this.beside = null;
    this.blinking = !this.blinking;
  }

  /** The same shots, one after the other, each side by side and then in turn. */
  stepBeside(count: number): void {
    this.blinking = false;
    this.beside = nextBeside(this.beside, count);
  }

  /** Leaves one thing. Answers whether there was one. */
  leave(): boolean {
    if (this.beside) this.beside = null;
    else if (this.blinking) this.blinking = false;
    else if (this.look !== 'fit') this.look = 'fit';
    else if (this.check) this.check = null;
    else return false;
    return true;
  }

  startOver(): void {
    this.beside = null;
    this.blinking = false;
    this.look = 'fit';
    this.check = null;
  }
}
