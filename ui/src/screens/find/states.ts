// The words of a submission's state.

import type { SubmissionState } from '../../ipc/desk';
import { m } from '../../text/text.svelte';

export function stateWord(state: SubmissionState): string {
  switch (state) {
    case 'pending_review':
      return m.find_state_pending_review();
    case 'withdrawn':
      return m.find_state_withdrawn();
    case 'rejected':
      return m.find_state_rejected();
    case 'standardising':
      return m.find_state_standardising();
    case 'awaiting_confirmation':
      return m.find_state_awaiting_confirmation();
    case 'completed':
      return m.find_state_completed();
  }
}
