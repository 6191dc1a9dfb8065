import { beforeEach, describe, expect, test } from 'vitest';
import { item, view } from './samples.test-kit';
import { DeskError, failing, fake, gone, settled, start, told, work } from './work.test-kit';

beforeEach(() => start('abc', { a: failing }));

describe('rejecting', () => {
  test('begins with the reasons that fail, shows the message, and sends both', async () => {
    work.painted('a');
    work.reject();
    expect(work.chosen).toEqual(['eyes']);
    work.toggleKey(1);
    work.setNote(' 请重拍 ');
    await settled();
    expect(work.preview).toMatchObject({ status: 'reject', remark: 'eyes,light', note: '请重拍' });
    gone('a');
    await work.send();
    expect(fake.rejectPhoto).toHaveBeenCalledWith('a', ['eyes', 'light'], '请重拍', { shown_ms: expect.any(Number), blind_first: null });
    expect([work.current, work.rejecting, work.note]).toEqual(['b', false, '']);
  });

  test('needs a reason', async () => {
    work.painted('a');
    work.reject();
    work.toggle('eyes');
    await work.send();
    expect(fake.rejectPhoto).not.toHaveBeenCalled();
    expect(work.problem?.code).toBe('no_reason');
  });

  test('is left with nothing chosen, and the message is that of a pass again', async () => {
    work.painted('a');
    work.reject();
    work.leave();
    await settled();
    expect([work.rejecting, work.chosen]).toEqual([false, []]);
    expect(work.preview).toMatchObject({ status: 'pass' });
  });

  test('Enter without anything chosen sends nothing', async () => {
    work.painted('a');
    await work.send();
    expect([fake.rejectPhoto.mock.calls.length, work.problem]).toEqual([0, null]);
  });

  test('what was chosen for a photo is still chosen after a look at another', () => {
    work.painted('a');
    work.toggle('size');
    work.move(1);
    expect(work.chosen).toEqual([]);
    work.move(-1);
    expect(work.chosen).toEqual(['size']);
  });
});

describe('a photo that cannot be read', () => {
  beforeEach(() => start('a', { a: view('a', [], { report: null, unreadable: 'truncated' }) }));

  test('can be rejected but not pass', async () => {
    expect([work.src, work.decidable, work.unseeable]).toEqual([null, true, true]);
    await work.pass();
    expect(work.problem?.code).toBe('unreadable_photo');
    expect(fake.passPhoto).not.toHaveBeenCalled();
    work.toggle('size');
    gone('a');
    await work.send();
    expect(fake.rejectPhoto).toHaveBeenCalledWith('a', ['size'], '', null);
    expect(work.current).toBeNull();
  });

  test('nor can one that the window fails to show', async () => {
    await start('a');
    work.broken('a');
    await work.pass();
    expect([work.decidable, work.problem?.code]).toEqual([true, 'unreadable_photo']);
  });
});

describe('undoing', () => {
  test('brings the photo back to the front with its reasons chosen', async () => {
    work.painted('a');
    work.reject();
    const all = told.queue;
    gone('a');
    await work.send();
    await settled();
    fake.undoDecision.mockResolvedValue('a');
    told.queue = { ...all, outbox: [] };
    await work.undo(item('d-a', { submission: 'a', verdict: 'reject', reasons: ['eyes'] }));
    expect([work.current, work.chosen]).toEqual(['a', ['eyes']]);
  });

  test('a rejection keeps its note', async () => {
    work.painted('a');
    work.reject();
    work.setNote(' 请摘下帽子 ');
    const all = told.queue;
    gone('a');
    await work.send();
    await settled();
    fake.undoDecision.mockResolvedValue('a');
    told.queue = { ...all, outbox: [] };
    await work.undo(item('d-a', { submission: 'a', verdict: 'reject', reasons: ['eyes'], note: '请摘下帽子' }));
    expect([work.current, work.chosen, work.note]).toEqual(['a', ['eyes'], '请摘下帽子']);
  });

  test('that comes too late says so', async () => {
    fake.undoDecision.mockRejectedValue(new DeskError('hold_over'));
    await work.undo(item('d-a'));
    expect(work.problem?.code).toBe('hold_over');
  });

  test('with nothing held does nothing', async () => {
    await work.undo();
    expect(fake.undoDecision).not.toHaveBeenCalled();
  });
});
