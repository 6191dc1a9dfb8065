// Numbers, sizes and times as they are shown. Times are the photo centre's wall clock, wherever the desk stands.

import type { Measured, Required, Unit } from '../ipc/desk';
import { language } from './language.svelte';
import { m, namedWord } from './words';

const ZONE = 'Asia/Shanghai';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = language() === 'en' ? 'en-GB' : 'zh-CN';
  const key = `${locale} ${kind}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
    formats.set(key, made);
  }
  return made;
}

/** `17:00` */
export function clockTime(at: string | number): string {
  return format('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}

/** `11月24日` or `24 Nov` */
export function dayText(at: string | number): string {
  return format('day', { month: language() === 'en' ? 'short' : 'long', day: 'numeric' }).format(new Date(at));
}

/** Day and time; the time alone where the day is that of `now`. */
export function momentText(at: string | number, now: number): string {
  return localDay(at) === localDay(now) ? clockTime(at) : `${dayText(at)} ${clockTime(at)}`;
}

/** `2026-11-24`: the centre's calendar day, as inputs and commands spell it. */
export function localDay(at: string | number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date(at));
}

/** Calendar days from `now` to `at`, by the centre's clock. */
export function daysAhead(at: string | number, now: number): number {
  const day = (moment: string | number) => Date.parse(`${localDay(moment)}T00:00:00Z`);
  return Math.round((day(at) - day(now)) / 86_400_000);
}

function plain(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/^-(0(\.0*)?)$/, '$1');
}

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${plain(bytes / 1000, bytes < 10_000 ? 1 : 0)} KB`;
  return `${plain(bytes / 1_000_000, 1)} MB`;
}

/** A value without its unit, in the precision that the unit deserves. */
function bare(value: number, unit: Unit): string {
  switch (unit) {
    case 'degrees':
    case 'delta_e':
      return plain(value, Number.isInteger(value) ? 0 : 1);
    case 'ratio':
      return plain(value, Number.isInteger(value) ? 0 : Math.abs(value) < 1 ? 2 : 1);
    case 'bytes':
      return bytesText(value);
    default:
      return plain(value, 0);
  }
}

/** `bare` with the unit, where it has one. */
export function valueText(value: number, unit: Unit): string {
  return withUnit(bare(value, unit), unit);
}

function withUnit(text: string, unit: Unit): string {
  switch (unit) {
    case 'px':
      return `${text} px`;
    case 'degrees':
      return `${text}°`;
    case 'percent':
      return `${text} %`;
    case 'dpi':
      return `${text} dpi`;
    case 'delta_e':
      return `ΔE ${text}`;
    case 'bits':
      return `${text} bit`;
    default:
      return text;
  }
}

export function measuredText(measured: Measured): string {
  switch (measured.kind) {
    case 'number':
      return valueText(measured.value, measured.unit);
    case 'size':
      return `${measured.width_px}×${measured.height_px} px`;
    case 'name':
      return namedWord(measured.name);
  }
}

export function requiredText(required: Required): string {
  switch (required.kind) {
    case 'size':
      return m['checks.at_least_size']({ width: required.width_px, height: required.height_px });
    case 'one_of':
      return required.names.map(namedWord).join(m['common.comma']());
    case 'range': {
      const { min, max, unit } = required;
      if (min !== null && max !== null) {
        if (min === max) return valueText(min, unit);
        if (unit === 'bytes') return m['checks.range_between']({ min: bytesText(min), max: bytesText(max) });
        if (min === -max) return `±${valueText(max, unit)}`;
        return withUnit(m['checks.range_between']({ min: bare(min, unit), max: bare(max, unit) }), unit);
      }
      if (min !== null) return m['checks.range_min']({ min: valueText(min, unit) });
      if (max !== null) return m['checks.range_max']({ max: valueText(max, unit) });
      return '';
    }
  }
}

export function percentText(part: number): string {
  return `${Math.round(part * 100)} %`;
}
