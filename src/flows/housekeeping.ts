/** Forgets what no one will ask for again: expired buttons, posted messages, finished runs, old answers. */

import { addDays, msToDay } from '../core/day.ts';
import { forgetPictures } from '../store/chat-pictures.ts';
import { forgetHours } from '../store/hourly-costs.ts';
import { forgetRuns } from '../store/job-runs.ts';
import { forgetMessages } from '../store/outbox.ts';
import { whenFree } from '../store/write-lock.ts';
import { forgetOldButtons } from './buttons.ts';
import type { Context } from './context.ts';
import { forgetOldAnswers } from './pins.ts';

const DAY_MS = 86_400_000;
/** Longer than any slot may be served late, so that a forgotten run cannot come again. */
const KEEP_DAYS = 90;
/** Hours are a detail of the newest days. */
const KEEP_HOURS_DAYS = 35;

export async function tidyUp(context: Context): Promise<void> {
  const before = new Date(context.now() - KEEP_DAYS * DAY_MS);
  await whenFree(() => forgetOldButtons(context));
  await whenFree(() => forgetMessages(context.store, before));
  await whenFree(() => forgetPictures(context.store, new Date(context.now())));
  await whenFree(() => forgetRuns(context.store, before));
  await whenFree(() => forgetOldAnswers(context));
  await whenFree(() => forgetHours(context.store, addDays(msToDay(context.now()), -KEEP_HOURS_DAYS)));
}
