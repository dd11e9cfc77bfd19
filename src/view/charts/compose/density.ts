/** How a daily chart copes with many days. */

/** Above this a daily outline of the period before is a scribble: its average is drawn instead. */
const MAX_OUTLINED_DAYS = 45;
/** Above this a bar per day is narrower than a thumbnail's pixel: a bar per week is drawn instead. */
const MAX_BARS = 120;

export type Density = 'days' | 'many-days' | 'weeks';

export function densityOf(days: number): Density {
  if (days <= MAX_OUTLINED_DAYS) return 'days';
  return days <= MAX_BARS ? 'many-days' : 'weeks';
}
