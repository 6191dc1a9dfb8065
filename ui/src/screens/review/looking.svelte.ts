// How the photo in front is looked at, and at which check.

import type { Check } from '../../ipc/desk';
import { neighbour } from '../../parts/check-list';
import type { Look } from '../../parts/look';

export class Looking {
  look = $state.raw<Look>('fit');
  /** The old photo and the new one are shown in turn. */
  blinking = $state(false);
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

  /** Leaves one thing. Answers whether there was one. */
  leave(): boolean {
    if (this.blinking) this.blinking = false;
    else if (this.look !== 'fit') this.look = 'fit';
    else if (this.check) this.check = null;
    else return false;
    return true;
  }

  startOver(): void {
    this.blinking = false;
    this.look = 'fit';
    this.check = null;
  }
}
