// Measurements and requirements in words and figures.

import type { Check, Measured, Required, Unit } from '../ipc/desk';
import { m, word } from './text.svelte';

/** Digits behind the point, by unit. */
const DIGITS: Readonly<Record<Unit, number>> = {
  px: 0,
  mm: 1,
  degrees: 1,
  percent: 0,
  dpi: 0,
  bytes: 0,
  quality: 0,
  delta_e: 1,
  count: 0,
  ratio: 2,
  bits: 1,
  decibels: 0,
};

/** A figure without its unit; `-0` is `0`. */
export function figure(value: number, unit: Unit): string {
  // Below one percent whole ones say nothing.
  const digits = unit === 'percent' && Math.abs(value) < 1 ? 2 : DIGITS[unit];
  const text = value.toFixed(digits);
  return Number(text) === 0 ? '0' : text.replace('-', '−');
}

/** `94 px`, `3.2°`, `ΔE 2.1`, `48 KB` */
export function quantity(value: number, unit: Unit): string {
  switch (unit) {
    case 'bytes':
      return bytes(value);
    case 'degrees':
      return `${figure(value, unit)}°`;
    case 'percent':
      return `${figure(value, unit)} %`;
    case 'px':
      return `${figure(value, unit)} px`;
    case 'mm':
      return `${figure(value, unit)} mm`;
    case 'dpi':
      return `${figure(value, unit)} dpi`;
    case 'delta_e':
      return `ΔE ${figure(value, unit)}`;
    case 'bits':
      return word('unit_bits', '', { value: figure(value, unit) });
    case 'decibels':
      return `${figure(value, unit)} dB`;
    case 'quality':
    case 'count':
    case 'ratio':
      return figure(value, unit);
  }
}

/** `48 KB`, `1.2 MB`; a thousand bytes a KB. */
export function bytes(value: number): string {
  if (value < 1000) return `${value.toFixed(0)} B`;
  if (value < 999_500) return `${(value / 1000).toFixed(0)} KB`;
  const mega = value / 1_000_000;
  return `${mega.toFixed(mega < 9.95 && !Number.isInteger(mega) ? 1 : 0)} MB`;
}

/** A name out of a closed list, such as a colour. */
export function named(name: string): string {
  return word(`measured_${name.toLowerCase()}`, name);
}

export function measuredText(measured: Measured): string {
  switch (measured.kind) {
    case 'number':
      return quantity(measured.value, measured.unit);
    case 'size':
      return `${measured.width_px} × ${measured.height_px}`;
    case 'name':
      return named(measured.name);
    case 'colour':
      return `${named(measured.name)} ${quantity(measured.delta_e, 'delta_e')}`;
  }
}

/** What is shown at the end of a check's line. */
export function valueText(check: Check): string {
  if (check.measured) return measuredText(check.measured);
  if (check.status === 'unsure') return m.check_value_look();
  if (check.status === 'not_applicable') return '–';
  return m.check_value_missing();
}

/** `50–110 px`, `≥ 60`, `≤ ΔE 8.0`, `±5.0°`, `≥ 480 × 640` */
export function requiredText(required: Required): string {
  switch (required.kind) {
    case 'range':
      return rangeText(required.min, required.max, required.unit);
    case 'size':
      return `≥ ${required.width_px} × ${required.height_px}`;
    case 'one_of':
      return required.names.map(named).join(m.check_list_or());
  }
}

function rangeText(min: number | null, max: number | null, unit: Unit): string {
  if (min === null) return max === null ? '' : `≤ ${quantity(max, unit)}`;
  if (max === null) return `≥ ${quantity(min, unit)}`;
  if (min === max) return quantity(min, unit);
  if (min === -max) return `±${quantity(max, unit)}`;
  return unit === 'bytes'
    ? `${quantity(min, unit)} – ${quantity(max, unit)}`
    : `${figure(min, unit)}–${quantity(max, unit)}`;
}

export function checkName(code: string): string {
  return word(`check_${code}`, code);
}

/** The rule in words, with what is required. */
export function ruleText(check: Check): string {
  const rule = word(`check_${check.code}_rule`, '');
  const required = check.required ? m.check_required({ required: requiredText(check.required) }) : '';
  return [required, rule].filter(Boolean).join(' · ');
}
