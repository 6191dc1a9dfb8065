import { expect, test } from 'vitest';
import type { Geometry, Report } from '../../ipc/desk';
import { Looking } from './looking.svelte';
import { isWaiting } from './same-shot';
import { check, view } from './samples.test-kit';

test('the key goes through the matches, each side by side and in turn, and ends with the photo alone', () => {
  const looking = new Looking();
  const steps = Array.from({ length: 5 }, () => {
    looking.stepBeside(2);
    return looking.beside && `${looking.beside.match}${looking.beside.blink ? ' in turn' : ''}`;
  });
  expect(steps).toEqual(['0', '0 in turn', '1', '1 in turn', null]);
  looking.stepBeside(0);
  expect(looking.beside).toBeNull();
});

test('only one thing is compared at a time, and leaving leaves it', () => {
  const looking = new Looking();
  looking.toggleBlink();
  looking.stepBeside(1);
  expect([looking.blinking, looking.beside]).toEqual([false, { match: 0, blink: false }]);
  looking.toggleBlink();
  expect([looking.blinking, looking.beside]).toEqual([true, null]);
  looking.stepBeside(1);
  expect([looking.leave(), looking.beside, looking.leave()]).toEqual([true, null, false]);
});

test('a photo waits to be compared where it has a face and a rule, and nobody has answered', () => {
  const report = (status: 'pass' | 'not_applicable', face: boolean) =>
    ({ checks: [check('same_shot', status)], geometry: face ? ({} as Geometry) : null, crop: null }) as unknown as Report;
  const waits = (one: Report, same_shots: null | []) => isWaiting(view('a', [], { report: one, same_shots }));
  expect(waits(report('not_applicable', true), null)).toBe(true);
  expect(waits(report('not_applicable', true), [])).toBe(false);
  expect(waits(report('not_applicable', false), null)).toBe(false);
  expect(waits(report('pass', true), null)).toBe(false);
});
