import { beforeEach, expect, test, vi } from 'vitest';
import { desk, DeskError, type BundledDecision, type BundleView, type Mark, type PhotoView } from '../../ipc/desk';
import { audit } from './open-audit.svelte';
import { decision } from './samples.test-kit';

vi.mock('../../ipc/desk', async (original) => ({
  ...(await original<typeof import('../../ipc/desk')>()),
  auditPhotoUrl: (decision: string) => decision,
  desk: { openAudit: vi.fn(), auditPhoto: vi.fn(), markDecision: vi.fn() },
}));
vi.mock('../../parts/decoded', () => ({ keepDecoded: vi.fn() }));

const marked = (right: boolean, note = ''): Mark => ({ right, note, marked_at: '2026-11-25T01:00:00Z', supervisor: 's1' });
const bundle = (...decisions: BundledDecision[]): BundleView => ({
  path: 'day.audit',
  from: '2026-11-24',
  to: '2026-11-24',
  exported_at: '2026-11-24T10:00:00Z',
  seal: { kind: 'intact', entries: decisions.length, head: '00' },
  decisions,
  reasons: [],
});

beforeEach(async () => {
  vi.mocked(desk.auditPhoto).mockImplementation(async (id) => ({ submission: `s-${id}` }) as PhotoView);
  vi.mocked(desk.markDecision).mockReset();
  vi.mocked(desk.markDecision).mockImplementation(async (_, right, note) => marked(right, note));
  vi.mocked(desk.openAudit).mockResolvedValue(
    bundle(decision('a', { mark: marked(true, 'as it should be') }), decision('b'), decision('c', { undone: true }), decision('d')),
  );
  audit.leave();
  await audit.open('day.audit');
});

test('a file is opened at the first decision that wants a mark', () => {
  expect(audit.current).toBe('b');
  expect(audit.progress).toMatchObject({ total: 3, marked: 1 });
});

test('a mark takes its note along and leads to the next that wants one', async () => {
  audit.note = '  the eyes are open  ';
  await audit.mark(false);
  expect(desk.markDecision).toHaveBeenCalledWith('b', false, 'the eyes are open');
  expect(audit.current).toBe('d');
  expect(audit.note).toBe('');
  audit.step(-1);
  audit.step(-1);
  expect(audit.note).toBe('the eyes are open');
  expect(audit.progress).toMatchObject({ marked: 2, right: 1, agreement_percent: 50 });
});

test('a note that belongs to no mark yet is still there after steps to and fro', () => {
  audit.note = 'look again';
  audit.step(-1);
  expect(audit.note).toBe('as it should be');
  audit.step(1);
  expect(audit.note).toBe('look again');
});

test('a mark that is refused changes nothing and loses nothing', async () => {
  const refused = new DeskError('storage_full');
  vi.mocked(desk.markDecision).mockRejectedValue(refused);
  audit.note = 'look again';
  await audit.mark(true);
  expect(audit.failed).toBe(refused);
  expect([audit.current, audit.note, audit.progress.marked]).toEqual(['b', 'look again', 1]);
});

test('what was undone is not marked', async () => {
  audit.go('c');
  await audit.mark(true);
  expect(desk.markDecision).not.toHaveBeenCalled();
});

test('a second press while a mark is being kept is no second mark', async () => {
  await Promise.all([audit.mark(true), audit.mark(true)]);
  expect(desk.markDecision).toHaveBeenCalledTimes(1);
});

test('a jump to what the filter leaves out lets everything through again', () => {
  audit.choose('unmarked');
  audit.jump('d');
  expect([audit.current, audit.filter]).toEqual(['d', 'unmarked']);
  audit.jump('a');
  expect([audit.current, audit.filter]).toEqual(['a', 'all']);
});

test('a file that is refused leaves open what was open', async () => {
  vi.mocked(desk.openAudit).mockRejectedValue(new DeskError('not_an_audit_file'));
  await audit.open('other');
  expect(audit.bundle?.path).toBe('day.audit');
  expect(audit.failed).toBeInstanceOf(DeskError);
});

test('a file that comes after its reader has left is not shown', async () => {
  const coming = audit.open('day.audit');
  audit.leave();
  await coming;
  expect(audit.bundle).toBeNull();
});

test('the checks shown are those of the photo shown, however late they come', async () => {
  const late: Record<string, (photo: PhotoView) => void> = {};
  vi.mocked(desk.openAudit).mockResolvedValue(bundle(decision('x'), decision('y')));
  vi.mocked(desk.auditPhoto).mockImplementation((id) => new Promise((come) => (late[id] = come)));
  await audit.open('other');
  audit.step(1);
  late['x']?.({ submission: 's-x' } as PhotoView);
  await Promise.resolve();
  await Promise.resolve();
  expect(audit.photo).toBeNull();
});
