/** Posts a report by hand: the slot that the schedule would have served, unless it was served already. */
import { latestSlot } from '../analysis/schedule/slots.ts';
import { AppError } from '../core/errors.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { troubledRuns } from '../store/job-runs.ts';
import type { Context } from './context.ts';
import { type DueOptions, serveSlot } from './post-due-reports.ts';
import { findRecipients, type Recipient, slotKey } from './report-recipients.ts';

export interface ByHand {
  readonly scope: Scope;
  readonly frequency: 'weekly' | 'daily';
  /** Post it although the slot was served. */
  readonly again: boolean;
}

/** Puts it into the outbox for every channel that gets it, and names them. Throws in words when nothing is posted. */
export async function postReport(
  context: Context,
  options: Omit<DueOptions, 'lateHours'>,
  { scope, frequency, again }: ByHand,
): Promise<string[]> {
  const name = `${frequency} report of ${scopeKey(scope)}`;
  const recipients = await recipientsOf(context, { scope, frequency });
  if (recipients.length === 0)
    throw new AppError('NOT_FOUND', `Nobody gets the ${name}.`, {
      hint: 'Give the team a channel in pennywatch.yaml, or ask for it in the channel that is to get it (subscribe).',
    });
  const channels: string[] = [];
  for (const recipient of recipients) {
    const slot = latestSlot(recipient.schedule, context.now());
    const day = again ? `${slot.day} again ${new Date(context.now()).toISOString()}` : slot.day;
    const outcome = await serveSlot(context, { ...options, lateHours: 0 }, recipient, { ...slot, day });
    if (outcome === 'made') channels.push(recipient.channel);
    if (outcome === 'failed') throw await failure(context, name, slotKey(recipient, day));
  }
  if (channels.length > 0) return channels;
  throw new AppError('CONFLICT', `The ${name} was posted already.`, {
    hint: 'Add --again to post it once more.',
  });
}

/** When the report that is posted by hand was due, on whose calendar; undefined when nobody gets it. */
export async function slotByHand(
  context: Context,
  about: Omit<ByHand, 'again'>,
): Promise<{ at: number; timeZone: string } | undefined> {
  const [first] = await recipientsOf(context, about);
  if (!first) return undefined;
  return { at: latestSlot(first.schedule, context.now()).at, timeZone: first.schedule.timeZone };
}

async function recipientsOf(
  context: Context,
  { scope, frequency }: Omit<ByHand, 'again'>,
): Promise<Recipient[]> {
  return (await findRecipients(context)).filter(
    (one) => scopeKey(one.scope) === scopeKey(scope) && one.frequency === frequency,
  );
}

async function failure(context: Context, name: string, slot: string): Promise<AppError> {
  const runs = await troubledRuns(context.store, new Date(0));
  const error = runs.find((run) => run.slot === slot)?.error ?? 'unknown';
  return new AppError('UPSTREAM', `The ${name} could not be made: ${error}`);
}
