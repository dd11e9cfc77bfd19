/** Reports that could not be made and messages that could not be posted, in words. */
import { nextSlot } from '../analysis/schedule/slots.ts';
import { troubledRuns } from '../store/job-runs.ts';
import { troubledMessages } from '../store/outbox.ts';
import type { Context } from './context.ts';
import { findRecipients } from './report-recipients.ts';

const DAY_MS = 86_400_000;
/** Older trouble has been seen or does not matter any more. */
const LOOK_BACK_DAYS = 14;

export interface JobTrouble {
  /** "weekly report of team:search, slot 2026-11-16" */
  readonly what: string;
  /** "made", or the channel it could not be posted in. */
  readonly place?: string;
  readonly error: string;
  readonly attempts: number;
  /** Absent: given up. */
  readonly nextAttemptAt?: Date;
}

export async function findTroubles(context: Context): Promise<JobTrouble[]> {
  const since = new Date(context.now() - LOOK_BACK_DAYS * DAY_MS);
  const runs = await troubledRuns(context.store, since);
  const messages = await troubledMessages(context.store, since);
  return [
    ...runs.map(({ slot, error, attempts, nextAttemptAt }) => ({
      what: slotWords(slot),
      error: error ?? 'unknown',
      attempts,
      ...(nextAttemptAt && { nextAttemptAt }),
    })),
    ...messages.map(({ about, channel, error, attempts, nextAttemptAt }) => ({
      what: about,
      place: channel,
      error: error ?? 'unknown',
      attempts,
      ...(nextAttemptAt && { nextAttemptAt }),
    })),
  ];
}

export interface ScheduledReports {
  readonly count: number;
  /** Milliseconds since the epoch; absent when nobody gets a report. */
  readonly next?: number;
}

/** How many reports are on the schedule, and when the next one comes. */
export async function scheduledReports(context: Context): Promise<ScheduledReports> {
  const recipients = await findRecipients(context);
  const times = recipients.map(({ schedule }) => nextSlot(schedule, context.now()).at);
  return { count: recipients.length, ...(times.length > 0 && { next: Math.min(...times) }) };
}

/** "slack:C1 team:search weekly 2026-11-16" → "weekly report of team:search, slot 2026-11-16". */
export function slotWords(slot: string): string {
  const match = /^\S+ (.+) (weekly|daily) (\d{4}-\d\d-\d\d)( again \S+)?$/s.exec(slot);
  return match ? `${match[2]} report of ${match[1]}, slot ${match[3]}` : slot;
}
