import { beforeEach, expect, test } from 'vitest';
import { ENTRIES_MAX, KEY_MARK, KEY_TO_PHOTO, keyForgotten, keyPressed, photoPainted } from './timing';

const entries = () => performance.getEntriesByName(KEY_TO_PHOTO, 'measure');
beforeEach(() => performance.clearMeasures(KEY_TO_PHOTO));

test('one entry from a key to the photo that it brings', () => {
  keyPressed();
  keyPressed();
  photoPainted();
  photoPainted();
  expect(entries()).toHaveLength(1);
  expect(performance.getEntriesByName(KEY_MARK)).toHaveLength(1);
});

test('a key that brought nothing leaves no entry', () => {
  keyPressed();
  keyForgotten();
  photoPainted();
  expect(entries()).toHaveLength(0);
});

test('the entries never become too many, and the last ones are kept', () => {
  for (let count = 0; count < 2 * ENTRIES_MAX + 300; count += 1) {
    keyPressed();
    photoPainted();
    expect(entries().length).toBeLessThanOrEqual(ENTRIES_MAX);
  }
  expect(entries().length).toBeGreaterThanOrEqual(ENTRIES_MAX / 2);
  const starts = entries().map(({ startTime }) => startTime);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
});
