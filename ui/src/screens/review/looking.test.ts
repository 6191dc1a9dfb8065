import { expect, test } from 'vitest';
import { Looking } from './looking.svelte';
import { check } from './samples.test-kit';

const checks = [check('a', 'pass'), check('b', 'fail')];

test('close to the evidence means that of the first that wants attention where none is selected', () => {
  const looking = new Looking();
  looking.toggleEvidence(checks);
  expect([looking.check, looking.look]).toEqual(['b', 'evidence']);
  looking.toggleEvidence(checks);
  expect([looking.check, looking.look]).toEqual(['b', 'fit']);
});

test('without a selected check there is no evidence to be close to; what was enlarged by hand stays', () => {
  const looking = new Looking();
  looking.toggleEvidence(checks);
  looking.select(null);
  expect(looking.look).toBe('fit');
  looking.toggleActual();
  looking.select('a');
  looking.select(null);
  expect(looking.look).toBe('actual');
});

test('leaving leaves one thing at a time, the closest first', () => {
  const looking = new Looking();
  looking.toggleEvidence(checks);
  expect([looking.leave(), looking.look, looking.check]).toEqual([true, 'fit', 'b']);
  expect([looking.leave(), looking.check]).toEqual([true, null]);
  expect(looking.leave()).toBe(false);
});
