/** What is done because its time has come: off-hours schedules, and ends that somebody set. */
import type { NewId } from './buttons.ts';
import type { Context } from './context.ts';
import { offHoursDue, runOffHours } from './off-hours/round.ts';
import { runTtls, ttlsDue } from './ttl/round.ts';

/** A quick look, which asks no cloud. */
export async function timesDue(context: Context): Promise<boolean> {
  if (!context.acting) return false;
  return (await ttlsDue(context)) || (await offHoursDue(context));
}

/** May be called as often as one likes. Resolves to how many it did something about; 0 where nothing can be acted on. */
export async function attendToTimes(context: Context, newId: NewId): Promise<number> {
  const { acting } = context;
  if (!acting) return 0;
  const { turns, messages } = await runOffHours(context, acting, { newId });
  return turns + messages + (await runTtls(context, acting, { newId }));
}
