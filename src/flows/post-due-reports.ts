/** Makes the reports whose slot has come: each slot once, however often the process restarts. */
import { latestSlot, type Slot } from '../analysis/schedule/slots.ts';
import { AppError, describeError } from '../core/errors.ts';
import { scopeKey } from '../core/scope.ts';
import { claimRun, failRun, finishedSlots, finishRun, type RunKey } from '../store/job-runs.ts';
import { enqueue, type OutgoingMessage } from '../store/outbox.ts';
import { markPinsReported } from '../store/pins.ts';
import { saveReportRecord } from '../store/report-records.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { type NewId, registerButtons } from './buttons.ts';
import type { Context } from './context.ts';
import { type ComposedReport, composeReport } from './report/compose.ts';
import { findRecipients, type Recipient, slotKey } from './report-recipients.ts';

const JOB = 'report';
const MINUTE = 60_000;
/** Composing takes a second or so; a process that died gives its claim back this soon. */
const CLAIM = 2 * MINUTE;
/** Waits between attempts, in minutes; after the last one the slot is given up. */
const BACK_OFF = [1, 5, 15, 60, 180];

export interface DueOptions {
  /** Names this process in claims. */
  readonly owner: string;
  readonly newId: NewId;
  /** A slot is still served this many hours after its time, when the server was down. */
  readonly lateHours: number;
}

export interface DueResult {
  readonly made: number;
  readonly failed: number;
}

/** Serves every due slot; a failing one is tried again later and never holds up the others. */
export async function postDueReports(context: Context, options: DueOptions): Promise<DueResult> {
  const result = { made: 0, failed: 0 };
  const due = (await findRecipients(context))
    .map((recipient) => ({ recipient, slot: latestSlot(recipient.schedule, context.now()) }))
    .filter(({ slot }) => context.now() - slot.at <= options.lateHours * 60 * MINUTE)
    .filter(({ recipient, slot }) => !recipient.since || recipient.since.getTime() <= slot.at);
  const keys = due.map(({ recipient, slot }) => slotKey(recipient, slot.day));
  const over = await finishedSlots(context.store, JOB, keys);
  for (const { recipient, slot } of due) {
    if (over.has(slotKey(recipient, slot.day))) continue;
    const outcome = await serveSlot(context, options, recipient, slot);
    if (outcome) result[outcome] += 1;
  }
  return result;
}

/** Makes one slot's report, unless it was made or another process is at it: then undefined. */
export async function serveSlot(
  context: Context,
  options: DueOptions,
  recipient: Recipient,
  slot: Slot,
): Promise<'made' | 'failed' | undefined> {
  const { store, log } = context;
  const run: RunKey = { job: JOB, slot: slotKey(recipient, slot.day) };
  const now = new Date(context.now());
  const attempts = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    return claimRun(tx, run, { by: options.owner, now, until: new Date(now.getTime() + CLAIM) });
  });
  if (attempts === undefined) return undefined;
  try {
    // A process that dies of a report notes no failure, and would die of it for ever.
    if (attempts > BACK_OFF.length + 1) throw new AppError('INTERNAL', 'It was begun and never finished.');
    const { scope, frequency, schedule } = recipient;
    const report = await composeReport(context, {
      scope,
      frequency,
      at: slot.at,
      timeZone: schedule.timeZone,
    });
    const messages = await toMessages(context, options.newId, { run, recipient, report });
    await store.$transaction(async (tx) => {
      await lockForWriting(tx);
      const at = new Date(context.now());
      await enqueue(tx, messages, at);
      if (report.record) await saveReportRecord(tx, report.record, at);
      if (recipient.first) await markPinsReported(tx, report.pins, report.record?.week ?? slot.day);
      await finishRun(tx, run, at);
    });
    return 'made';
  } catch (error) {
    const wait = BACK_OFF[attempts - 1];
    const at = new Date(context.now());
    log.error({ err: error, slot: run.slot, attempts }, 'a report could not be made');
    await store.$transaction(async (tx) => {
      await lockForWriting(tx);
      await failRun(tx, run, {
        by: options.owner,
        at,
        error: describeError(error),
        ...(wait !== undefined && { nextAttemptAt: new Date(at.getTime() + wait * MINUTE) }),
      });
    });
    return 'failed';
  }
}

async function toMessages(
  context: Context,
  newId: NewId,
  { run, recipient, report }: { run: RunKey; recipient: Recipient; report: ComposedReport },
): Promise<OutgoingMessage[]> {
  const { platform, workspace, channel, direct, scope, frequency } = recipient;
  const home = { platform, ...(workspace && { workspace }), ...(direct && { direct }) };
  const root = `${run.job} ${run.slot}`;
  const messages: OutgoingMessage[] = [];
  for (const [index, view] of report.views.entries())
    messages.push({
      key: index === 0 ? root : `${root} thread ${index}`,
      about: `${frequency} report of ${scopeKey(scope)}`,
      platform,
      ...(workspace && { workspace }),
      channel,
      ...(index > 0 && { threadKey: root }),
      view: JSON.stringify(await registerButtons(context, newId, view, home)),
    });
  return messages;
}
