/** When a cron expression comes next, by a given clock. */
import { CronExpressionParser } from 'cron-parser';

/** Milliseconds since the epoch of the first time after `now`. Five fields, UTC. Throws Error for anything else. */
export function nextCronTime(expression: string, now: number): number {
  return CronExpressionParser.parse(expression, { currentDate: new Date(now), tz: 'UTC' })
    .next()
    .getTime();
}

/** Whether it is a cron expression of five fields that comes at all. */
export function isCron(expression: string): boolean {
  if (expression.trim().split(/\s+/).length !== 5) return false;
  try {
    return nextCronTime(expression, 0) > 0;
  } catch {
    return false;
  }
}
