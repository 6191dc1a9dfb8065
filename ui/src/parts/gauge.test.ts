import { expect, test } from 'vitest';
import type { Measured, Required } from '../ipc/desk';
import { gaugeOf } from './gauge';

const number = (value: number): Measured => ({ kind: 'number', value, unit: 'px' });
const range = (min: number | null, max: number | null): Required => ({
  kind: 'range',
  min,
  max,
  unit: 'px',
  scale_min: 20,
  scale_max: 220,
});

test('the legal part and the mark are fractions of what the gauge spans', () => {
  expect(gaugeOf(number(150), range(50, 110))).toEqual({ from: 0.15, to: 0.45, at: 0.65, beyond: false });
});

test('an open side reaches the end', () => {
  expect(gaugeOf(number(10), range(null, 100))).toMatchObject({ from: 0, to: 0.4 });
  expect(gaugeOf(number(10), range(100, null))).toMatchObject({ from: 0.4, to: 1 });
});

test.each([
  [-3, 0],
  [230, 1],
])('a measurement of %s beyond the scale is drawn at its end', (value, at) => {
  expect(gaugeOf(number(value), range(50, 110))).toMatchObject({ at, beyond: true });
});

test('there is no gauge without a number and a range', () => {
  expect(gaugeOf(null, range(50, 110))).toBeNull();
  expect(gaugeOf({ kind: 'name', name: 'white' }, { kind: 'one_of', names: ['white'] })).toBeNull();
  const flat: Required = { kind: 'range', min: 1, max: 1, unit: 'px', scale_min: 1, scale_max: 1 };
  expect(gaugeOf(number(1), flat)).toBeNull();
});
