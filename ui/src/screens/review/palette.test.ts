import { expect, test } from 'vitest';
import catalogue from '../../../../src-tauri/crates/backend/data/reasons.json';
import { findable, found, listed } from './palette';

const all = findable(catalogue.reasons);
const codes = (typed: string) => found(all, typed).map(({ code }) => code);

test.each([
  ['闭眼', 'eyes_closed'],
  ['by', 'eyes_closed'],
  ['biyan', 'eyes_closed'],
  ['eyes closed', 'eyes_closed'],
  ['eyes_closed', 'eyes_closed'],
  ['BJYYY', 'background_shadow'],
  ['beijing', 'background_colour'],
  ['  Glare ', 'glasses_glare'],
])('%s finds it', (typed, code) => {
  expect(codes(typed)).toContain(code);
});

test('what begins with the letters stands before what holds them', () => {
  // 眼镜反光 begins with it; 头顶或眼睛位置不合规, earlier in the catalogue, holds it.
  const found = codes('yan');
  expect(found).toContain('crown_or_eyes');
  expect(found.indexOf('glasses_glare')).toBeLessThan(found.indexOf('crown_or_eyes'));
});

test('nothing typed shows all in their order, nonsense shows none', () => {
  expect(codes(' ')).toEqual(catalogue.reasons.map(({ code }) => code));
  expect(codes('qqqq')).toEqual([]);
});

test('every reason is found by its own code', () => {
  for (const { code } of catalogue.reasons) expect(codes(code)).toContain(code);
});

test('the numbered ones stand first and once, then the rest in its order', () => {
  const reasons = catalogue.reasons.slice(0, 3);
  const [first, second, third] = reasons;
  const chip = { reason: third!, key: '1', chosen: true };
  const lines = listed([chip], { ...catalogue, reasons });
  expect(lines.map(({ reason, key }) => [reason, key])).toEqual([
    [third, '1'],
    [first, null],
    [second, null],
  ]);
  expect(listed([], { ...catalogue, reasons }, [second!]).map(({ reason }) => reason)).toEqual([second]);
});
