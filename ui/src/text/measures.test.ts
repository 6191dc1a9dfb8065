import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Check, Required, Unit } from '../ipc/desk';
import { figure, measuredText, quantity, requiredText, ruleText, valueText } from './measures';
import { setLanguage } from './text.svelte';

beforeEach(() => vi.stubGlobal('document', { documentElement: {} }));
afterEach(() => {
  setLanguage('zh-CN');
  vi.unstubAllGlobals();
});

test.each<[number, Unit, string]>([
  [93.6, 'px', '94 px'],
  [-9.44, 'degrees', '−9.4°'],
  [-0.04, 'degrees', '0°'],
  [2.12, 'delta_e', 'ΔE 2.1'],
  [0.374, 'ratio', '0.37'],
  [300, 'dpi', '300 dpi'],
  [48_200, 'bytes', '48 KB'],
  [1, 'count', '1'],
  [12.34, 'bits', '12.3 位/像素'],
])('%s %s reads %s', (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text);
});

test('a figure that rounds to nothing has no sign', () => {
  expect(figure(-0.3, 'px')).toBe('0');
});

const range = (min: number | null, max: number | null, unit: Unit): Required => ({
  kind: 'range',
  min,
  max,
  unit,
  scale_min: 0,
  scale_max: 1,
});

test.each<[Required, string]>([
  [range(50, 110, 'px'), '50–110 px'],
  [range(60, null, 'quality'), '≥ 60'],
  [range(null, 8, 'delta_e'), '≤ ΔE 8.0'],
  [range(-5, 5, 'degrees'), '±5.0°'],
  [range(300, 300, 'dpi'), '300 dpi'],
  [range(10_000, 10_000_000, 'bytes'), '10 KB – 10 MB'],
  [{ kind: 'size', width_px: 480, height_px: 640 }, '≥ 480 × 640'],
  [{ kind: 'one_of', names: ['light_blue', 'white'] }, '浅蓝 / 白'],
])('%o is required as %s', (required, text) => {
  expect(requiredText(required)).toBe(text);
});

describe('a check', () => {
  const check: Check = {
    code: 'crown_margin',
    group: 'composition',
    status: 'fail',
    measured: { kind: 'number', value: 143, unit: 'px' },
    required: range(50, 110, 'px'),
    evidence: [],
    inset: null,
    confidence: 1,
    reason: null,
  };

  test('says its value, its requirement and its rule, in both languages', () => {
    expect(valueText(check)).toBe('143 px');
    expect(ruleText(check)).toBe('要求 50–110 px · 头顶连头发到上边的距离');
    setLanguage('en');
    expect(ruleText(check)).toBe('Required 50–110 px · top of the hair to the top edge');
  });

  test('without a measurement says why', () => {
    expect(valueText({ ...check, measured: null, status: 'unsure' })).toBe('请看图');
    expect(valueText({ ...check, measured: null, status: 'warn' })).toBe('无');
    expect(valueText({ ...check, measured: null, status: 'not_applicable' })).toBe('–');
  });

  test('that this program does not know is shown by its code', () => {
    const unknown = { ...check, code: 'brand_new', required: null };
    expect(ruleText(unknown)).toBe('');
    expect(measuredText({ kind: 'name', name: 'WEBP' })).toBe('WEBP');
  });
});
