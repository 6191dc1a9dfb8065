import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DecisionView, MessageCard, PlaceView, QueueView, SameShotView } from '../../ipc/desk';
import { catalogue, check, item, queue, queued, reason, view } from './samples.test-kit';

const fake = vi.hoisted(() => ({
  queue: vi.fn(),
  photo: vi.fn(),
  passPhoto: vi.fn(),
  rejectPhoto: vi.fn(),
  undoDecision: vi.fn(),
  acknowledgeRefusal: vi.fn(),
  previewMessage: vi.fn(),
  setAside: vi.fn(),
  place: vi.fn(),
  keepPlace: vi.fn(),
  session: vi.fn(),
}));
vi.mock('../../ipc/desk', async (original) => ({
  ...(await original<typeof import('../../ipc/desk')>()),
  desk: fake,
  onDeskChanged: () => () => undefined,
  screenPhotoUrl: (submission: string) => `screen:${submission}`,
  submissionPhotoUrl: (submission: string) => `photo:${submission}`,
}));
vi.mock('../../parts/decoded', () => ({ keepDecoded: vi.fn() }));

const { DeskError } = await import('../../ipc/desk');
const { app } = await import('../../app.svelte');
const { work } = await import('./work.svelte');

const HELD_MS = 10_000;
const decision = (submission: string, verdict: 'pass' | 'reject'): DecisionView => ({
  decision: `d-${submission}`,
  submission,
  verdict,
  held_until: new Date(Date.now() + HELD_MS).toISOString(),
  message: { status: '' } as MessageCard,
});
/** A promise that is kept when the test says so. */
function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
const settled = () => new Promise((done) => setTimeout(done, 0));
/** What the desk will answer when it is asked for the queue. */
let answer: QueueView;
/** Where the desk says that the work was. */
let place: PlaceView = { submission: null, drafts: [] };
let owner = 0;
let stop: () => void = () => undefined;

async function start(names: string, views: Record<string, ReturnType<typeof view>> = {}): Promise<void> {
  stop();
  answer = queue([...names].map((name) => queued(name)));
  for (const mock of Object.values(fake)) mock.mockReset();
  fake.queue.mockImplementation(() => Promise.resolve(answer));
  fake.place.mockImplementation(() => Promise.resolve(place));
  fake.keepPlace.mockResolvedValue(undefined);
  fake.photo.mockImplementation((name: string) => Promise.resolve(views[name] ?? view(name)));
  fake.passPhoto.mockImplementation((name: string) => Promise.resolve(decision(name, 'pass')));
  fake.rejectPhoto.mockImplementation((name: string) => Promise.resolve(decision(name, 'reject')));
  fake.previewMessage.mockImplementation((_, verdict: string, reasons: string[], note: string) =>
    Promise.resolve({ status: verdict, remark: reasons.join(), note }),
  );
  app.session = {
    account: { id: `r${(owner += 1)}`, username: 'r', display_name: 'r', role: 'reviewer' },
    connection: 'online',
  };
  app.reasons = catalogue(reason('eyes', '闭眼'), reason('light', '光线'), reason('size', '尺寸'));
  stop = work.begin();
  await settled();
}

function gone(...names: string[]): void {
  answer = { ...answer, photos: answer.photos.filter((photo) => !names.includes(photo.submission)) };
}

const failing = view('a', [check('x', 'fail', 'eyes'), check('y', 'warn', 'light')]);

describe('after a crash', () => {
  afterEach(() => (place = { submission: null, drafts: [] }));

  test('the same photo is in front, with what was half made of it', async () => {
    place = { submission: 'b', drafts: [{ submission: 'b', reasons: ['light'], note: '太暗' }] };
    await start('abc');
    expect([work.current, work.chosen, work.note, work.rejecting]).toEqual(['b', ['light'], '太暗', true]);
    // Only there the work begins: afterwards one goes where one goes.
    work.move(-1);
    await work.refresh();
    expect([work.current, work.rejecting]).toEqual(['a', false]);
  });

  test('a photo that is gone gives place to the first', async () => {
    place = { submission: 'x', drafts: [{ submission: 'x', reasons: ['light'], note: '' }] };
    await start('abc');
    expect([work.current, work.rejecting]).toEqual(['a', false]);
  });

  test('what is in front and half made is kept, once', async () => {
    work.keepPlace();
    expect(fake.keepPlace).toHaveBeenLastCalledWith({ submission: 'a', drafts: [] });
    work.painted('a');
    work.toggle('light');
    work.setNote('太暗');
    work.keepPlace();
    work.keepPlace();
    const draft = { submission: 'a', reasons: ['light'], note: '太暗' };
    expect(fake.keepPlace.mock.calls.length).toBe(2);
    expect(fake.keepPlace).toHaveBeenLastCalledWith({ submission: 'a', drafts: [draft] });
    work.move(1);
    work.keepPlace();
    expect(fake.keepPlace).toHaveBeenLastCalledWith({ submission: 'b', drafts: [draft] });
  });
});

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
    asked.resolve(answer);
    await settled();
    expect([work.current, work.lastHeld]).toEqual(['b', null]);
  });

  test('a decision that the queue lists before its own answer comes is listed and counted once', async () => {
    work.painted('a');
    const durable = later<DecisionView>();
    fake.passPhoto.mockReturnValue(durable.promise);
    const passing = work.pass();
    gone('a');
    answer = { ...answer, outbox: [item('d-a', { submission: 'a' })], decided_today: answer.decided_today + 1 };
    await work.refresh();
    const next = later<QueueView>();
    fake.queue.mockReturnValue(next.promise);
    durable.resolve(decision('a', 'pass'));
    await passing;
    expect(work.queue?.outbox.map((held) => held.decision)).toEqual(['d-a']);
    expect(work.queue?.decided_today).toBe(answer.decided_today);
    next.resolve(answer);
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
    const stale = answer;
    const fresh = later<QueueView>();
    fake.queue.mockReturnValue(fresh.promise);
    await work.pass();
    const shown = () => work.queue?.photos.map((photo) => photo.submission);
    old.resolve(stale);
    await settled();
    expect(shown()).toEqual(['b', 'c']);
    gone('a');
    fresh.resolve(answer);
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
    const all = answer;
    gone('a');
    await work.send();
    await settled();
    fake.undoDecision.mockResolvedValue('a');
    answer = { ...all, outbox: [] };
    await work.undo(item('d-a', { submission: 'a', verdict: 'reject', reasons: ['eyes'] }));
    expect([work.current, work.chosen]).toEqual(['a', ['eyes']]);
  });

  test('a rejection keeps its note', async () => {
    work.painted('a');
    work.reject();
    work.setNote(' 请摘下帽子 ');
    const all = answer;
    gone('a');
    await work.send();
    await settled();
    fake.undoDecision.mockResolvedValue('a');
    answer = { ...all, outbox: [] };
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

test('another person finds nothing of the one before', async () => {
  work.painted('a');
  work.toggle('eyes');
  const asked = later<QueueView>();
  fake.queue.mockReturnValue(asked.promise);
  app.session = { account: { id: 'other', username: 'o', display_name: 'o', role: 'reviewer' }, connection: 'online' };
  stop = work.begin();
  expect([work.queue, work.current, work.photo, work.chosen]).toEqual([null, null, null, []]);
  asked.resolve(queue([]));
  await settled();
});

test('the refusal that is shown is the one that is acknowledged', async () => {
  const refused = { ...item('r1'), code: 'lease_ended' };
  answer = queue([], { refused: [refused, { ...refused, decision: 'r2' }] });
  await work.refresh();
  await work.acknowledge();
  expect(fake.acknowledgeRefusal).toHaveBeenCalledWith('r1');
});

describe('a streak', () => {
  beforeEach(() => start('abcdefgh'));
  const passAll = async (names: string, each_ms: number) => {
    for (const name of names) {
      vi.setSystemTime(Date.now() + each_ms);
      work.painted(name);
      await work.pass();
    }
  };
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  test('that nobody can have looked at asks for a breath, and decides nothing until it was taken', async () => {
    await passAll('abcdef', 300);
    expect([work.breath.each_ms, work.current]).toEqual([300, 'g']);
    work.painted('g');
    expect(work.decidable).toBe(false);
    work.breath.goOn(Date.now() + 100);
    expect(work.decidable).toBe(false);
    work.breath.goOn(Date.now() + 700);
    expect(work.decidable).toBe(true);
    await passAll('gh', 300);
    expect(work.breath.each_ms).toBeNull();
  });

  test('at two seconds a photo asks for nothing', async () => {
    await passAll('abcdefg', 2000);
    expect(work.breath.each_ms).toBeNull();
  });
});

describe('a look at a photo', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  test('is measured from the photo being painted to the key that decides', async () => {
    vi.advanceTimersByTime(5000);
    work.painted('a');
    vi.advanceTimersByTime(1234);
    await work.pass();
    expect(fake.passPhoto).toHaveBeenCalledWith('a', { shown_ms: 1234, blind_first: null });
  });

  test('begins anew when the photo comes to the front again', async () => {
    work.painted('a');
    vi.advanceTimersByTime(60_000);
    work.move(1);
    work.move(-1);
    work.painted('a');
    vi.advanceTimersByTime(800);
    await work.pass();
    expect(fake.passPhoto).toHaveBeenCalledWith('a', { shown_ms: 800, blind_first: null });
  });
});

test('a photo that nobody could see has no look, whatever was on the screen before', async () => {
  await start('ab', { b: view('b', [], { report: null, unreadable: 'truncated' }) });
  work.painted('a');
  work.move(1);
  work.reject();
  work.toggle('size');
  await work.send();
  expect(fake.rejectPhoto).toHaveBeenCalledWith('b', ['size'], '', null);
});

describe('a photo of the blind sample', () => {
  const blind = view('a', [check('x', 'fail', 'eyes')], { blind: true });
  beforeEach(async () => {
    await start('abc', { a: blind });
    answer = { ...answer, photos: answer.photos.map((one) => ({ ...one, blind: one.submission === 'a' })) };
    await work.refresh();
    vi.useFakeTimers({ toFake: ['performance'] });
    work.painted('a');
  });
  afterEach(() => void vi.useRealTimers());

  test('shows nothing of what the machine thinks', () => {
    expect([work.hidden, work.chips, work.seen?.report?.checks]).toEqual([true, [], []]);
    expect(work.shown.map((photo) => work.isHidden(photo))).toEqual([true, false, false]);
    expect(work.counts).toEqual({ all: 3, fine: 2, not: 0, unsure: 0 });
    work.toggle('eyes');
    expect(work.chosen).toEqual([]);
  });

  test('is decided by the second key; the first one is kept beside it', async () => {
    await work.pass();
    expect([fake.passPhoto.mock.calls.length, work.hidden, work.chips.length]).toEqual([0, false, 1]);
    vi.advanceTimersByTime(2000);
    await work.pass();
    expect(fake.passPhoto).toHaveBeenCalledWith('a', { shown_ms: 2000, blind_first: 'pass' });
  });

  test('the same key at once again is a slip and decides nothing', async () => {
    await work.pass();
    vi.advanceTimersByTime(120);
    await work.pass();
    expect(fake.passPhoto).not.toHaveBeenCalled();
  });

  test('a first rejection opens no reasons; the mind may change', async () => {
    work.reject();
    expect([work.rejecting, work.chosen, work.hidden]).toEqual([false, [], false]);
    vi.advanceTimersByTime(1000);
    work.reject();
    expect(work.chosen).toEqual(['eyes']);
    work.leave();
    await work.pass();
    expect(fake.passPhoto).toHaveBeenCalledWith('a', { shown_ms: 1000, blind_first: 'reject' });
  });

  test('stays revealed after a look at another, and after an undone decision', async () => {
    await work.pass();
    work.move(1);
    work.move(-1);
    expect([work.hidden, work.sight.first('a')]).toEqual([false, 'pass']);
  });
});

describe('outside working hours', () => {
  const hours = { open: false, next_change_at: '2026-11-25T01:00:00Z', missing_year: null, overtime: false };

  test('deciding keys say when the desk opens, and decide nothing', async () => {
    answer = { ...answer, hours };
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
    answer = { ...answer, hours: { ...hours, overtime: true } };
    await work.refresh();
    work.painted('a');
    await work.pass();
    expect(fake.passPhoto).toHaveBeenCalledTimes(1);
  });
});

describe('setting aside', () => {
  test('brings the next photo and says what became of this one', async () => {
    fake.setAside.mockResolvedValue(null);
    // The desk is slow to say what is in hand now.
    const asked = later<QueueView>();
    fake.queue.mockReturnValue(asked.promise);
    await work.setAside('a', 'ask', ' 是胎记吗 ');
    expect(fake.setAside).toHaveBeenCalledWith('a', 'ask', '是胎记吗');
    expect([work.current, work.announcement]).toEqual(['b', '李*已交给主管']);
    gone('a');
    asked.resolve(answer);
    await settled();
  });

  test('that is refused keeps the photo', async () => {
    fake.setAside.mockRejectedValue(new DeskError('offline'));
    await expect(work.setAside('a', 'skip', '')).rejects.toThrow('offline');
    expect([work.current, work.shown.length]).toEqual(['a', 3]);
  });
});

describe('narrowing', () => {
  beforeEach(async () => {
    answer = queue([
      queued('a'),
      queued('b', { machine: 'fail', batch: 'B' }),
      queued('c', { machine: 'unsure' }),
      queued('d', { machine: 'fail' }),
    ]);
    await work.refresh();
  });

  test('to a lane says that the photo in front is not of it, and goes through the others', async () => {
    work.stepLane(1);
    expect([work.narrow.lane, work.current, work.problem]).toEqual(['fine', 'a', null]);
    work.stepLane(1);
    expect([work.current, work.problem]).toEqual(['b', { code: 'left_lane', facts: { name: '李*' } }]);
    work.painted('b');
    gone('b');
    await work.pass();
    await settled();
    expect(work.current).toBe('d');
    work.move(1);
    expect(work.current).toBe('d');
  });

  test('to nothing leaves nothing in front until it is widened', async () => {
    work.narrowTo({ lane: 'unsure', batch: 'B' });
    await work.refresh();
    expect([work.shown, work.current]).toEqual([[], null]);
    work.leave();
    work.leave();
    expect([work.shown.length, work.current]).toEqual([4, 'a']);
  });
});
