// Times as the desk says them. Deadlines and working hours are Shanghai's, wherever the desk stands.

const SHANGHAI = 'Asia/Shanghai';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: SHANGHAI,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute';

function fields(at: Date): Record<Field, string> {
  const all = parts.formatToParts(at);
  const of = (field: Field): string => all.find((part) => part.type === field)?.value ?? '';
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

const date = (at: string | number): Date => new Date(at);

/** `17:00` */
export function hourOf(at: string | number): string {
  const { hour, minute } = fields(date(at));
  return `${hour}:${minute}`;
}

/** `11-26` */
export function monthDayOf(at: string | number): string {
  const { month, day } = fields(date(at));
  return `${month}-${day}`;
}

/** `11-26 17:00` */
export function momentOf(at: string | number): string {
  return `${monthDayOf(at)} ${hourOf(at)}`;
}

/** `2026-11-26` */
export function dayOf(at: string | number): string {
  return `${fields(date(at)).year}-${monthDayOf(at)}`;
}

/** `17:00` on the same day, else `11-26 17:00`. */
export function nearMomentOf(at: string | number, now_ms: number): string {
  return dayOf(at) === dayOf(now_ms) ? hourOf(at) : momentOf(at);
}

/** Whole seconds from now until then, rounded up; 0 when it is over. */
export function secondsUntil(at: string, now_ms: number): number {
  return Math.max(0, Math.ceil((Date.parse(at) - now_ms) / 1000));
}
