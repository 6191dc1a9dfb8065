import { describe, expect, test } from 'vitest';
import type { Check, Status } from '../ipc/desk';
import { attentionOf, densityOf, groupLines, GROUPS, neighbour, type Group } from './check-list';

const check = (code: string, status: Status, group: Group = 'file'): Check => ({
  code,
  group,
  status,
  measured: null,
  required: null,
  evidence: [],
  inset: null,
  confidence: 1,
  reason: null,
});
const checks = [
  check('a', 'pass'),
  check('b', 'warn'),
  check('c', 'fail', 'pose'),
  check('d', 'unsure', 'pose'),
  check('e', 'fail', 'light'),
  check('f', 'not_applicable', 'light'),
  check('g', 'pass', 'pose'),
];
const codes = (of: readonly Check[]) => of.map(({ code }) => code).join('');

test('what fails comes first, then what is unsure, then notes; within them the order of the report holds', () => {
  expect(codes(attentionOf(checks))).toBe('cedb');
});

test('every group has its line, whatever was checked', () => {
  const lines = groupLines(checks);
  expect(lines.map((line) => line.group)).toEqual(GROUPS);
  const said = lines
    .filter((line) => line.worst)
    .map(({ group, worst, folded, passed, total }) => [group, worst, codes(folded), passed, total]);
  expect(said).toEqual([
    ['file', 'warn', 'a', 1, 2],
    ['pose', 'fail', 'g', 1, 3],
    ['light', 'fail', 'f', 0, 1],
  ]);
});

test('stepping follows the order on the screen into the folded groups and stops at the ends', () => {
  expect(neighbour(checks, null, 1)).toBe('c');
  expect(neighbour(checks, 'c', 1)).toBe('e');
  expect(neighbour(checks, 'b', 1)).toBe('a');
  expect(neighbour(checks, 'a', 1)).toBe('g');
  expect(neighbour(checks, 'f', 1)).toBe('f');
  expect(neighbour(checks, 'c', -1)).toBe('c');
  expect(neighbour(checks, null, -1)).toBe('f');
  expect(neighbour([], null, 1)).toBeNull();
});

describe('lines stand as far apart as the room allows', () => {
  const many = Array.from({ length: 10 }, (_, at) => check(`m${at}`, 'fail'));

  test.each([
    [58, 'full'],
    [57, 'close'],
    [40, 'close'],
    [39, 'tight'],
    [0, 'tight'],
  ])('ten failures in %s rem are %s', (room, density) => {
    expect(densityOf(many, null, room)).toBe(density);
  });

  test('the selected line takes its full height', () => {
    expect(densityOf(many, 'm3', 40)).toBe('tight');
    expect(densityOf(many, 'm3', 42)).toBe('close');
  });
});
