import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { QueueView } from '../../ipc/desk';
import { queue, queued } from './samples.test-kit';
import { DeskError, failing, fake, gone, later, settled, start, told, work } from './work.test-kit';

beforeEach(() => start('abc', { a: failing }));

describe('after a crash', () => {
  afterEach(() => (told.place = { submission: null, drafts: [] }));

  test('the same photo is in front, with what was half made of it', async () => {
    told.place = { submission: 'b', drafts: [{ submission: 'b', reasons: ['light'], note: '太暗' }] };
    await start('abc');
    expect([work.current, work.chosen, work.note, work.rejecting]).toEqual(['b', ['light'], '太暗', true]);
    // Only there the work begins: afterwards one goes where one goes.
    work.move(-1);
    await work.refresh();
    expect([work.current, work.rejecting]).toEqual(['a', false]);
  });

  test('a photo that is gone gives place to the first', async () => {
    told.place = { submission: 'x', drafts: [{ submission: 'x', reasons: ['light'], note: '' }] };
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
    asked.resolve(told.queue);
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
    told.queue = queue([
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
