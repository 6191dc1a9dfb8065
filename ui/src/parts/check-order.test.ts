import { expect, test } from 'vitest';
import type { Check, Status } from '../ipc/desk';
import { neighbour, sectionsOf } from './check-order';

const check = (code: string, status: Status): Check => ({
  code,
  group: 'file',
  status,
  measured: null,
  required: null,
  evidence: [],
  inset: null,
  confidence: 1,
  reason: null,
});
const checks = [check('a', 'pass'), check('b', 'warn'), check('c', 'fail'), check('d', 'unsure'), check('e', 'fail')];

test('what fails comes first, then what is unsure; within them the order of the report holds', () => {
  const order = sectionsOf(checks).map(({ status, checks: of }) => [status, of.map(({ code }) => code).join('')]);
  expect(order).toEqual([
    ['fail', 'ce'],
    ['unsure', 'd'],
    ['warn', 'b'],
    ['pass', 'a'],
  ]);
});

test('stepping follows the order on the screen and stops at the ends', () => {
  expect(neighbour(checks, null, 1)).toBe('c');
  expect(neighbour(checks, 'c', 1)).toBe('e');
  expect(neighbour(checks, 'a', 1)).toBe('a');
  expect(neighbour(checks, 'c', -1)).toBe('c');
  expect(neighbour(checks, null, -1)).toBe('a');
  expect(neighbour([], null, 1)).toBeNull();
});
