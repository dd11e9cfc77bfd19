/** Ends a poll: gives the turn back, plans the next one, and says what was done. */
import { AppError, describeError } from '../../core/errors.ts';
import { microsToDecimal } from '../../core/money.ts';
import type { SourceFacts } from '../../sources/types.ts';
import { endAsked, endPoll, type SourceState } from '../../store/source-states.ts';
import { readWatermark } from '../../store/sources.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Context } from '../context.ts';
import { currencyWarnings } from '../import-focus.ts';
import type { PollMeter } from './meter.ts';
import { nextAttempt, nextHistoryAttempt, nextMidnight } from './next-attempt.ts';
import { resultSums } from './result.ts';
import type { Polled } from './run.ts';
import type { PollParts, PollRequest, PollResult } from './types.ts';
import { historyFloor, newestWindow } from './windows.ts';

export interface Ending {
  readonly context: Context;
  readonly parts: PollParts;
  readonly request: PollRequest;
  readonly about: SourceFacts;
  readonly polled: Polled;
  /** As it stood before the poll. */
  readonly before: SourceState;
  readonly meter: PollMeter;
  readonly startedAt: number;
  readonly today: string;
  /** Takes secrets out of what is said. */
  readonly hide: (text: string) => string;
  /** Absent: it went well. Whatever was thrown, be it nothing. */
  readonly failed: { readonly error: unknown } | undefined;
}

export async function finishPoll(ending: Ending): Promise<PollResult> {
  const { context, request, polled, meter, today, failed, hide } = ending;
  const { store, log, now } = context;
  const settings = request.source;
  await meter.flush();
  polled.turn.end();
  const warnings = [
    ...new Set([
      ...polled.warnings,
      ...polled.stored.flatMap((batch) => batch.warnings),
      ...currencyWarnings(
        context,
        polled.stored.flatMap((batch) => batch.currencies),
      ),
    ]),
  ].map(hide);
  const error = failed?.error;
  const asked = request.signal?.aborted ?? false;
  const failure = failed
    ? {
        error: hide(error instanceof AppError ? error.message : describeError(error)),
        ...(error instanceof AppError && error.hint !== undefined && { hint: hide(error.hint) }),
        // Being told to stop, a used-up budget, and history that is slow to come are no failures of the source.
        counts: !asked && !meter.exhausted && !polled.newestDone,
        newestDone: polled.newestDone,
      }
    : undefined;
  const state = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    if (isBeside(ending)) return endAsked(tx, settings.name, ending.parts.owner);
    return endPoll(tx, settings.name, {
      by: ending.parts.owner,
      at: new Date(now()),
      nextAttemptAt: new Date(planNext(ending, failure?.counts ?? false)),
      warnings,
      ...(failure && { failure }),
    });
  });
  if (failure) log.warn({ source: settings.name, error: failure.error }, 'a poll failed');
  const counts = meter.counts();
  const day = meter.today();
  const floor = historyFloor(settings, today);
  return {
    source: settings.name,
    kind: settings.kind,
    status: !failure ? 'done' : polled.stored.length > 0 ? 'partly' : 'failed',
    startedAt: new Date(ending.startedAt).toISOString(),
    endedAt: new Date(now()).toISOString(),
    window: polled.span,
    batches: polled.batches.map(({ origin, ...batch }) => ({ ...batch, origin: origin && hide(origin) })),
    requests: {
      sent: counts.requests,
      failed: counts.failed,
      cost: microsToDecimal(counts.costMicros),
      currency: 'USD',
      today: {
        sent: day.requests,
        cost: microsToDecimal(day.costMicros),
        budget: settings.requestsPerDay ?? null,
      },
    },
    ...(await resultSums(store, settings.name, polled.span)),
    watermark: (await readWatermark(store, settings.name)) ?? null,
    history: {
      from: state.coveredFrom ?? null,
      wanted: request.window ? null : floor,
      complete: state.coveredFrom !== undefined && state.coveredFrom <= floor,
    },
    restated: polled.stored.flatMap((batch) =>
      batch.restated.map(({ billingAccountId, day: on, currency, billedCost, effectiveCost }) => ({
        billingAccountId,
        day: on,
        currency,
        billedCost,
        effectiveCost,
      })),
    ),
    evidence: polled.stored.reduce((sum, batch) => sum + batch.evidence, 0),
    warnings,
    error: failure
      ? {
          code: error instanceof AppError ? error.code : 'INTERNAL',
          message: failure.error,
          hint: failure.hint ?? null,
        }
      : null,
  };
}

/** Some days that were asked for by hand, short of the newest: they say nothing about how polling stands. */
function isBeside({ request: { window, source }, about, before, today }: Ending): boolean {
  if (!window) return false;
  const newest = newestWindow(source, about, before, today);
  return window.start > newest.start || window.end < newest.end;
}

/** When the source is polled next, in milliseconds since the epoch. `counts`: it is one more failure in a row. */
function planNext(
  { context, parts, request, polled, before, meter, failed }: Ending,
  counts: boolean,
): number {
  const { schedule } = request.source;
  const now = context.now();
  if (meter.exhausted) return nextMidnight(now);
  if (!failed) return nextAttempt(schedule, now, 0, parts.random);
  const asked = now + Math.min(askedToWait(failed.error), LONGEST_ASKED);
  if (counts) return Math.max(asked, nextAttempt(schedule, now, polled.state.failures + 1, parts.random));
  const { error, failures, nextAttemptAt, lastEndedAt } = before;
  const again = error !== undefined && failures === 0 && nextAttemptAt && lastEndedAt;
  const waited = again && polled.newestDone ? nextAttemptAt.getTime() - lastEndedAt.getTime() : undefined;
  return Math.max(asked, nextHistoryAttempt(schedule, now, waited, parts.random));
}

const LONGEST_ASKED = 24 * 60 * 60_000;

/** Milliseconds that the other side asked to wait, wherever in the causes it stands; 0 when it did not. */
function askedToWait(error: unknown): number {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if ('retryAfter' in cause && typeof cause.retryAfter === 'number') return Math.max(0, cause.retryAfter);
  return 0;
}
