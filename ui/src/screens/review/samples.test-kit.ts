// Plain things for tests.

import type { Check, OutboxItem, PhotoView, QueuedPhoto, QueueView, Reason, ReasonCatalogue, Report } from '../../ipc/desk';

export function queued(submission: string, more: Partial<QueuedPhoto> = {}): QueuedPhoto {
  return {
    submission,
    masked_name: '李*',
    school: '华南某大学',
    batch: 'HN-2027-A',
    attempt: 1,
    submitted_at: '2026-11-24T01:00:00Z',
    deadline: null,
    urgency: 'later',
    ready: true,
    same_shots: 0,
    machine: 'pass',
    blind: false,
    ...more,
  };
}

export function queue(photos: QueuedPhoto[], more: Partial<QueueView> = {}): QueueView {
  return {
    photos,
    waiting_at_backend: 0,
    outbox: [],
    sent: [],
    refused: [],
    connection: 'online',
    decided_today: 0,
    hours: { open: true, next_change_at: '2026-11-24T09:00:00Z', missing_year: null, overtime: false },
    blind_percent: 5,
    ...more,
  };
}

export function item(decision: string, more: Partial<OutboxItem> = {}): OutboxItem {
  return {
    decision,
    submission: `s-${decision}`,
    masked_name: '李*',
    verdict: 'pass',
    reasons: [],
    note: '',
    decided_at: '2026-11-24T02:00:00Z',
    held_until: '2026-11-24T02:00:10Z',
    attempts: 0,
    ...more,
  };
}

export function reason(code: string, zh: string, en = code): Reason {
  return { code, group: 'file', zh, en, advice_zh: zh, advice_en: en, suggested_by: [] };
}

export function catalogue(...reasons: Reason[]): ReasonCatalogue {
  return { version: '1', source: 'test', groups: [{ code: 'file', zh: '文件', en: 'File' }], reasons };
}

export function check(code: string, status: Check['status'], why: string | null = null): Check {
  return { code, group: 'file', status, measured: null, required: null, evidence: [], inset: null, confidence: 1, reason: why };
}

export function view(submission: string, checks: Check[] = [], more: Partial<PhotoView> = {}): PhotoView {
  const suggested = checks.flatMap((one) => (one.reason ? [one.reason] : []));
  return {
    submission,
    masked_name: '李*',
    masked_id_number: '99****04',
    student_no: '1',
    school: '华南某大学',
    batch: 'HN-2027-A',
    attempt: 1,
    submitted_at: '2026-11-24T01:00:00Z',
    deadline: null,
    report: { checks, geometry: null, crop: null, image: { width_px: 480, height_px: 640 } } as unknown as Report,
    unreadable: null,
    suggested,
    blind: false,
    question: null,
    same_shots: [],
    ...more,
  };
}
