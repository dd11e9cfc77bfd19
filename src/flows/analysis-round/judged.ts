/** Whether budgets and SLOs were judged on just what there is: then nothing new can be said of them. */
import { createHash } from 'node:crypto';
import { dayInZone } from '../../core/day.ts';
import { inputVersion } from '../../store/input-version.ts';
import { readMeta, writeMeta } from '../../store/meta.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import { digestOfInput } from '../analyse/analysed.ts';
import type { Context } from '../context.ts';

const HOUR = 3_600_000;

/**
 * Runs `step` when costs, usage, budgets, settings or the day have changed since it last went well, and once an hour
 * anyway: requests expire, and what a step could not do it tries again. Resolves to what it resolves to, or 0.
 */
export async function whenChanged(
  context: Context,
  name: string,
  step: () => Promise<number>,
): Promise<number> {
  const key = `judged.${name}`;
  const digest = await digestOf(context);
  if ((await readMeta(context.store, key)) === digest) return 0;
  const written = await step();
  await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await writeMeta(tx, key, digest);
  });
  return written;
}

async function digestOf(context: Context): Promise<string> {
  const { store, settings, now } = context;
  const { slos, budgetAlerts, weekStart, timeZone } = settings;
  const parts = {
    costs: await digestOfInput(context),
    inputs: await inputVersion(store),
    settings: { slos, budgetAlerts, weekStart, timeZone },
    day: dayInZone(now(), timeZone),
    hour: Math.floor(now() / HOUR),
  };
  const text = JSON.stringify(parts, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  return createHash('sha256').update(text).digest('hex');
}
