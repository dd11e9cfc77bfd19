/** Ends a poll: gives the turn back, plans the next one, and says what was done. */
import { AppError, describeError } from '../../core/errors.ts';
import { microsToDecimal } from '../../core/money.ts';
import { endPoll } from '../../store/source-states.ts';
import { readWatermark } from '../../store/sources.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Context } from '../context.ts';
import { currencyWarnings } from '../import-focus.ts';
import type { PollMeter } from './meter.ts';
import { nextAttempt, nextMidnight } from './next-attempt.ts';
import { resultSums } from './result.ts';
import type { Polled } from './run.ts';
import type { PollParts, PollRequest, PollResult } from './types.ts';
import { historyFloor } from './windows.ts';

export interface Ending {
  readonly context: Context;
  readonly parts: PollParts;
  readonly request: PollRequest;
  readonly polled: Polled;
  readonly meter: PollMeter;
  readonly startedAt: number;
  readonly today: string;
  /** Takes secrets out of what is said. */
  readonly hide: (text: string) => string;
  /** Absent: it went well. */
  readonly error: unknown;
}

export async function finishPoll(ending: Ending): Promise<PollResult> {
  const { context, parts, request, polled, meter, today, error, hide } = ending;
  const { store, log, now } = context;
  const settings = request.source;
  await meter.flush();
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
  const asked = request.signal?.aborted ?? false;
  const failure = error
    ? {
        error: hide(error instanceof AppError ? error.message : describeError(error)),
        ...(error instanceof AppError && error.hint !== undefined && { hint: hide(error.hint) }),
        // Being told to stop, a used-up budget, and history that is slow to come are no failures of the source.
        counts: !asked && !meter.exhausted && !polled.newestDone,
      }
    : undefined;
  const failures = failure?.counts ? polled.state.failures + 1 : 0;
  const retry = failure && !failure.counts && !asked && !meter.exhausted ? 1 : failures;
  const at = meter.exhausted
    ? nextMidnight(now())
    : nextAttempt(settings.schedule, now(), retry, parts.random);
  const state = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    return endPoll(tx, settings.name, {
      at: new Date(now()),
      nextAttemptAt: new Date(at),
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
    batches: polled.batches,
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
