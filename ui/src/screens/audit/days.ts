// Days as they are typed, and moments to the second in Asia/Shanghai, where there is no summer time.

const OFFSET_MS = 8 * 3_600_000;

/** `YYYY-MM-DD hh:mm:ss`; what is no moment is shown as it came. */
export function shanghaiTime(moment: string): string {
  const at = new Date(moment);
  return Number.isNaN(at.getTime()) ? moment : new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Whether it is a day of the calendar. Web views without a date field let anything be typed. */
export function isDay(typed: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return false;
  const at = new Date(`${typed}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed);
}
