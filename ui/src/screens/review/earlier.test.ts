import { expect, test } from 'vitest';
import type { AttemptView, PastDecision } from '../../ipc/desk';
import { earlierOf, linesOf, rejectionOf } from './earlier';
import { catalogue, check, reason, view } from './samples.test-kit';

function attempt(count: number, reasons: string[], note = ''): AttemptView {
  const decision = { decision: `d${count}`, verdict: reasons.length > 0 ? 'reject' : 'pass', reasons, note } as PastDecision;
  return { submission: `s${count}`, attempt: count, state: 'rejected', submitted_at: '', decisions: [decision], messages: [] };
}

test('the attempts before this one, the latest first', () => {
  const life = { attempts: [attempt(1, ['a']), attempt(2, ['b']), attempt(3, [])] };
  expect(earlierOf(life, view('s3', [], { attempt: 3 })).map((one) => one.attempt)).toEqual([2, 1]);
});

test('the last decision of an attempt counts', () => {
  const corrected = { ...attempt(1, ['a']), decisions: [...attempt(1, ['a']).decisions, ...attempt(1, []).decisions] };
  expect(rejectionOf(corrected)).toEqual({ reasons: [], note: '' });
  expect(rejectionOf(attempt(1, ['a'], '摘下帽子'))).toEqual({ reasons: ['a'], note: '摘下帽子' });
});

test('a reason looks fixed where all checks that suggest it pass, and where none can tell a person looks', () => {
  const reasons = catalogue(
    { ...reason('eyes', '闭眼'), suggested_by: ['eyes_open', 'gaze'] },
    { ...reason('light', '光线'), suggested_by: ['light_sides'] },
    { ...reason('glare', '反光'), suggested_by: ['glasses_glare'] },
    { ...reason('back', '背景'), suggested_by: ['background'] },
    reason('other', '其他'),
  );
  const photo = view('s3', [
    check('eyes_open', 'pass'),
    check('gaze', 'not_applicable'),
    check('light_sides', 'fail', 'light'),
    check('glasses_glare', 'unsure', 'glare'),
    check('background', 'warn'),
    check('pixels', 'fail', 'size'),
  ]);
  const before = [attempt(2, ['eyes', 'light', 'other']), attempt(1, ['light', 'glare', 'back'])];
  expect(linesOf(before, photo, reasons)).toEqual([
    { code: 'eyes', tick: 'fixed' },
    { code: 'light', tick: 'still' },
    { code: 'other', tick: 'look' },
    { code: 'glare', tick: 'look' },
    { code: 'back', tick: 'look' },
    { code: 'size', tick: 'new' },
  ]);
});
