import { expect, test } from 'vitest';
import { bytes } from './measures';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [48_200, '48 KB'],
  [999_499, '999 KB'],
  [999_500, '1.0 MB'],
  [12_400_000, '12 MB'],
])('%s bytes are %s', (value, words) => {
  expect(bytes(value)).toBe(words);
});
