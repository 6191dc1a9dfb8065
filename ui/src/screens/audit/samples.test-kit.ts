// Samples that the tests of this screen share.

import type { BundledDecision } from '../../ipc/desk';

export function decision(id: string, facts: Partial<BundledDecision> = {}): BundledDecision {
  return {
    decision: id,
    submission: `s-${id}`,
    masked_name: '鲍*辰',
    batch: 'A1',
    reviewer: 'r1',
    reviewer_name: '审核员 07',
    verdict: 'pass',
    reasons: [],
    note: '',
    decided_at: '2026-11-24T08:00:00Z',
    undone: false,
    refused: null,
    corrects: null,
    corrected_by: null,
    same_shots: [],
    mark: null,
    ...facts,
  };
}
