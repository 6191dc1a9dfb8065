// From the day's figures to what its charts show.

import type { DayView, ReasonCatalogue, Status } from '../../ipc/desk';
import type { Bars } from '../../parts/chart';

/** The hours that are always shown, so that a quiet morning looks like one. */
const FIRST_HOUR = 9;
const LAST_HOUR = 16;
/** Reasons beyond these are summed up. */
const MOST_REASONS = 8;

export interface Words {
  passed: string;
  rejected: string;
  count: string;
  others: string;
  machine: Readonly<Record<Status, string>>;
}

/** Working hours, and every other hour in which something was decided. */
export function byHour(day: DayView, words: Words): Bars {
  const shown = day.hours.map(
    ({ passed, rejected }, hour) => passed + rejected > 0 || (hour >= FIRST_HOUR && hour <= LAST_HOUR),
  );
  const first = shown.indexOf(true);
  const last = shown.lastIndexOf(true);
  const hours = day.hours.slice(first, last + 1);
  return {
    labels: hours.map((_, at) => `${first + at}:00`),
    series: [
      { name: words.passed, tone: '--pass', values: hours.map(({ passed }) => passed) },
      { name: words.rejected, tone: '--fail', values: hours.map(({ rejected }) => rejected) },
    ],
  };
}

export function byReason(day: DayView, catalogue: ReasonCatalogue | null, language: string, words: Words): Bars {
  const label = (code: string): string => {
    const reason = catalogue?.reasons.find((one) => one.code === code);
    return (language === 'en' ? reason?.en : reason?.zh) ?? code;
  };
  const named = day.reasons.slice(0, MOST_REASONS).map(({ code, count }) => ({ label: label(code), count }));
  const rest = day.reasons.slice(MOST_REASONS).reduce((sum, { count }) => sum + count, 0);
  const rows = rest > 0 ? [...named, { label: words.others, count: rest }] : named;
  return {
    labels: rows.map((row) => row.label),
    series: [{ name: words.count, tone: '--unsure', values: rows.map((row) => row.count) }],
  };
}

/** What was decided where the machine said what. */
export function byMachine(day: DayView, words: Words): Bars {
  return {
    labels: day.machine.map(({ machine }) => words.machine[machine]),
    series: [
      { name: words.passed, tone: '--pass', values: day.machine.map(({ passed }) => passed) },
      { name: words.rejected, tone: '--fail', values: day.machine.map(({ rejected }) => rejected) },
    ],
  };
}

export function byDue(day: DayView, words: Words): Bars {
  return {
    labels: day.due.map((row) => row.day),
    series: [{ name: words.count, tone: '--unsure', values: day.due.map(({ count }) => count) }],
  };
}

/** In percent; null where nothing was decided. */
export function passRate({ passed, rejected }: { passed: number; rejected: number }): number | null {
  const decided = passed + rejected;
  return decided === 0 ? null : Math.round((100 * passed) / decided);
}
