/** Forgets what no one will ask for again: expired buttons, posted messages, finished runs, old answers. */

import { forgetRuns } from '../store/job-runs.ts';
import { forgetMessages } from '../store/outbox.ts';
import { whenFree } from '../store/write-lock.ts';
import { forgetOldButtons } from './buttons.ts';
import type { Context } from './context.ts';
import { forgetOldAnswers } from './pins.ts';

const DAY_MS = 86_400_000;
/** Longer than any slot may be served late, so that a forgotten run cannot come again. */
const KEEP_DAYS = 90;

export async function tidyUp(context: Context): Promise<void> {
  const before = new Date(context.now() - KEEP_DAYS * DAY_MS);
  await whenFree(() => forgetOldButtons(context));
  await whenFree(() => forgetMessages(context.store, before));
  await whenFree(() => forgetRuns(context.store, before));
  await whenFree(() => forgetOldAnswers(context));
}
