import { beforeEach, expect, test, vi } from 'vitest';
import type { AttemptView, PastDecision } from '../../ipc/desk';

const fake = vi.hoisted(() => ({ life: vi.fn(), previewCorrection: vi.fn(), correctDecision: vi.fn() }));
vi.mock('../../ipc/desk', async (original) => ({
  ...(await original<typeof import('../../ipc/desk')>()),
  desk: fake,
}));

const { codeOf, DeskError } = await import('../../ipc/desk');
const { Correcting } = await import('./correcting.svelte');

const decision = (id: string, more: Partial<PastDecision> = {}): PastDecision => ({
  decision: id,
  verdict: 'reject',
  reasons: ['eyes'],
  note: '',
  reviewer_name: '审核员 07',
  decided_at: '2026-11-24T02:00:00Z',
  received_at: '2026-11-24T02:00:10Z',
  pinned: { profile: '', profile_version: '', analyzer_version: '', reasons_version: '', calendar_version: '' },
  corrects: null,
  correctable: true,
  ...more,
});
const attempt = (decisions: PastDecision[], state: AttemptView['state'] = 'rejected'): AttemptView => ({
  submission: 's',
  attempt: 1,
  state,
  submitted_at: '2026-11-24T01:00:00Z',
  decisions,
  messages: [],
});

beforeEach(() => {
  for (const mock of Object.values(fake)) mock.mockReset();
  fake.previewCorrection.mockImplementation((_, status: string) => Promise.resolve({ status }));
  fake.correctDecision.mockResolvedValue({});
});

async function begun(...decisions: PastDecision[]) {
  fake.life.mockResolvedValue({ attempts: [attempt(decisions)] });
  const it = new Correcting();
  await it.begin('s', 'd');
  return it;
}

test('the other verdict is proposed, and what was said is kept for a rejection', async () => {
  const it = await begun(decision('d'));
  expect([it.verdict, it.reasons]).toEqual(['pass', []]);
  it.choose('reject');
  it.toggle('light');
  expect(it.reasons).toEqual(['eyes', 'light']);
  it.write('还不够亮');
  expect(await it.send()).toBe(true);
  expect(fake.correctDecision).toHaveBeenCalledWith('d', 'reject', ['eyes', 'light'], '还不够亮');
});

test('the preview is of what was chosen last', async () => {
  const it = await begun(decision('d', { verdict: 'pass', reasons: [] }));
  await Promise.resolve();
  expect(it.preview, 'a rejection without a reason has no message').toBeNull();
  it.toggle('eyes');
  await vi.waitFor(() => expect(it.preview).toMatchObject({ status: 'reject' }));
});

test('what the backend refuses is told, and can be tried again', async () => {
  const it = await begun(decision('d'));
  fake.correctDecision.mockRejectedValue(new DeskError('new_attempt'));
  expect(await it.send()).toBe(false);
  expect([codeOf(it.failed), it.open]).toEqual(['new_attempt', true]);
});

test.each([
  ['already_corrected', attempt([decision('d', { correctable: false }), decision('e', { corrects: 'd' })])],
  ['past_correction', attempt([decision('d', { correctable: false })], 'completed')],
  ['not_correctable', attempt([decision('d', { correctable: false })])],
])('%s is said before anything is typed', async (code, one) => {
  fake.life.mockResolvedValue({ attempts: [one] });
  const it = new Correcting();
  await it.begin('s', 'd');
  expect([codeOf(it.failed), it.open]).toEqual([code, false]);
  expect(await it.send()).toBe(false);
  expect(fake.correctDecision).not.toHaveBeenCalled();
});
