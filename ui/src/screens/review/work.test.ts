import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { DecisionView, QueueView, SameShotView } from '../../ipc/desk';
import { item, queue, view } from './samples.test-kit';
import { app, begin, decision, DeskError, failing, fake, gone, later, settled, start, told, work } from './work.test-kit';

beforeEach(() => start('abc', { a: failing }));

describe('a photo that was not painted yet', () => {
  test('takes no decision', async () => {
    await work.pass();
    work.reject();
    work.toggle('eyes');
    await work.send();
    expect(fake.passPhoto).not.toHaveBeenCalled();
    expect(work.rejecting).toBe(false);
  });

  test('is not decidable because another one was painted', () => {
    work.painted('b');
    expect(work.decidable).toBe(false);
    work.painted('a');
    expect(work.decidable).toBe(true);
  });
});

describe('passing', () => {
  test('shows the next photo as soon as the decision is on disk, and not before', async () => {
    work.painted('a');
    const durable = later<DecisionView>();
    fake.passPhoto.mockReturnValue(durable.promise);
    const passing = work.pass();
    expect([work.current, work.decidable]).toEqual(['a', false]);
    // The desk is slow to say what is in hand now.
    const asked = later<QueueView>();
    fake.queue.mockReturnValue(asked.promise);
    durable.resolve(decision('a', 'pass'));
    await passing;
    expect(work.current).toBe('b');
    expect(work.decidable).toBe(false);
    expect(work.queue?.outbox[0]).toMatchObject({ submission: 'a', verdict: 'pass' });
    expect(work.lastHeld?.submission).toBe('a');
    expect(work.announcement).toContain('通过');
    gone('a');
    // Nothing is asked before the next photo is painted.
    const before = fake.queue.mock.calls.length;
    await settled();
    expect(fake.queue).toHaveBeenCalledTimes(before);
    work.painted('b');
    await vi.waitFor(() => expect(fake.queue).toHaveBeenCalledTimes(before + 1));
    asked.resolve(told.queue);
    await settled();
    expect([work.current, work.lastHeld]).toEqual(['b', null]);
  });

  test('a decision that the queue lists before its own answer comes is listed and counted once', async () => {
    work.painted('a');
    const durable = later<DecisionView>();
    fake.passPhoto.mockReturnValue(durable.promise);
    const passing = work.pass();
    gone('a');
    told.queue = { ...told.queue, outbox: [item('d-a', { submission: 'a' })], decided_today: told.queue.decided_today + 1 };
    await work.refresh();
    const next = later<QueueView>();
    fake.queue.mockReturnValue(next.promise);
    durable.resolve(decision('a', 'pass'));
    await passing;
    expect(work.queue?.outbox.map((held) => held.decision)).toEqual(['d-a']);
    expect(work.queue?.decided_today).toBe(told.queue.decided_today);
    next.resolve(told.queue);
    await settled();
  });

  test('a second key while the first is on its way decides nothing', async () => {
    work.painted('a');
    const first = work.pass();
    const second = work.pass();
    await Promise.all([first, second]);
    expect(fake.passPhoto).toHaveBeenCalledTimes(1);
  });

  test('is refused while reasons are chosen', async () => {
    work.painted('a');
    work.toggle('eyes');
    await work.pass();
    expect(fake.passPhoto).not.toHaveBeenCalled();
    expect(work.problem?.code).toBe('reasons_chosen');
  });

  test('an answer from before the decision does not bring the photo back', async () => {
    work.painted('a');
    const old = later<QueueView>();
    fake.queue.mockReturnValueOnce(old.promise);
    const asking = work.refresh();
    const stale = told.queue;
    const fresh = later<QueueView>();
    fake.queue.mockReturnValue(fresh.promise);
    await work.pass();
    const shown = () => work.queue?.photos.map((photo) => photo.submission);
    old.resolve(stale);
    await settled();
    expect(shown()).toEqual(['b', 'c']);
    gone('a');
    fresh.resolve(told.queue);
    await asking;
    expect([shown(), work.current]).toEqual([['b', 'c'], 'b']);
  });

  test('that fails keeps the photo and says why', async () => {
    work.painted('a');
    fake.passPhoto.mockRejectedValue(new DeskError('lease_ended'));
    await work.pass();
    expect([work.current, work.problem?.code, work.decidable]).toEqual(['a', 'lease_ended', true]);
  });
});

test('a photo whose shot others handed in says so when it comes to the front, but not while that is hidden', async () => {
  const same = { submission: 'z' } as SameShotView;
  await start('abc', { b: view('b', [], { same_shots: [same] }), c: view('c', [], { same_shots: [same], blind: true }) });
  work.painted('a');
  await work.pass();
  expect(work.announcement).toMatch(/通过.*1 张.*同版/);
  work.announcement = '';
  work.move(1);
  expect([work.current, work.announcement]).toEqual(['c', '']);
});

test('another person finds nothing of the one before', async () => {
  work.painted('a');
  work.toggle('eyes');
  const asked = later<QueueView>();
  fake.queue.mockReturnValue(asked.promise);
  app.session = { account: { id: 'other', username: 'o', display_name: 'o', role: 'reviewer' }, connection: 'online' };
  begin();
  expect([work.queue, work.current, work.photo, work.chosen]).toEqual([null, null, null, []]);
  asked.resolve(queue([]));
  await settled();
});

test('the refusal that is shown is the one that is acknowledged', async () => {
  const refused = { ...item('r1'), code: 'lease_ended' };
  told.queue = queue([], { refused: [refused, { ...refused, decision: 'r2' }] });
  await work.refresh();
  await work.acknowledge();
  expect(fake.acknowledgeRefusal).toHaveBeenCalledWith('r1');
});

describe('outside working hours', () => {
  const hours = { open: false, next_change_at: '2026-11-25T01:00:00Z', missing_year: null, overtime: false };

  test('deciding keys say when the desk opens, and decide nothing', async () => {
    told.queue = { ...told.queue, hours };
    await work.refresh();
    work.painted('a');
    await work.pass();
    expect(work.problem).toMatchObject({ code: 'closed_until', facts: { at: expect.stringContaining('09:00') } });
    work.leave();
    work.reject();
    expect([work.problem?.code, work.rejecting]).toEqual(['closed_until', false]);
    expect(fake.passPhoto).not.toHaveBeenCalled();
  });

  test('overtime lets them', async () => {
    told.queue = { ...told.queue, hours: { ...hours, overtime: true } };
    await work.refresh();
    work.painted('a');
    await work.pass();
    expect(fake.passPhoto).toHaveBeenCalledTimes(1);
  });
});
