import { expect, test } from 'vitest';
import { counts, laneOf, narrowed, nextBatch, nextLane, WIDE } from './lanes';
import { queued } from './samples.test-kit';

const open = () => false;

test.each([
  ['pass', 'fine'],
  ['warn', 'fine'],
  ['fail', 'not'],
  ['unsure', 'unsure'],
  [null, 'not'],
] as const)('%s belongs to %s', (machine, lane) => {
  expect(laneOf(queued('a', { machine }), open)).toBe(lane);
});

test('what is not here yet, or must not be told, is only among all', () => {
  expect(laneOf(queued('a', { ready: false, machine: null }), open)).toBe('all');
  expect(laneOf(queued('a', { machine: 'fail', blind: true }), (photo) => photo.blind)).toBe('all');
});

const photos = [
  queued('a', { batch: 'B' }),
  queued('b', { machine: 'fail' }),
  queued('c', { machine: 'fail', batch: 'B' }),
  queued('d', { ready: false }),
];

test('counts are those of the chosen batch', () => {
  expect(counts(photos, null, open)).toEqual({ all: 4, fine: 1, not: 2, unsure: 0 });
  expect(counts(photos, 'B', open)).toEqual({ all: 2, fine: 1, not: 1, unsure: 0 });
  expect(narrowed(photos, { lane: 'not', batch: 'B' }, open).map((photo) => photo.submission)).toEqual(['c']);
  expect(narrowed(photos, WIDE, open)).toHaveLength(4);
});

test('lanes and batches are stepped through in a ring', () => {
  expect([nextLane('all', 1), nextLane('all', -1), nextLane('unsure', 1)]).toEqual(['fine', 'unsure', 'all']);
  expect(nextBatch(photos, null)).toBe('B');
  expect(nextBatch(photos, 'B')).toBe('HN-2027-A');
  expect(nextBatch(photos, 'HN-2027-A')).toBeNull();
  expect(nextBatch(photos.slice(1, 2), null)).toBeNull();
});
