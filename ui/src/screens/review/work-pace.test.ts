import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { check, view } from './samples.test-kit';
import { failing, fake, start, told, work } from './work.test-kit';

beforeEach(() => start('abc', { a: failing }));

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
    told.queue = { ...told.queue, photos: told.queue.photos.map((one) => ({ ...one, blind: one.submission === 'a' })) };
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
