/** Polls one live source: takes its turn, fetches what is new and missing, and writes down how it went. */
import { addDays, msToDay } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { readSourceState } from '../store/source-states.ts';
import type { Context } from './context.ts';
import { finishPoll } from './poll/finish.ts';
import { hideSecrets } from './poll/hide-secrets.ts';
import { createMeter } from './poll/meter.ts';
import { FAILURES_UNTIL_STALE } from './poll/next-attempt.ts';
import { type Polled, runPoll } from './poll/run.ts';
import { takeTurn } from './poll/turn.ts';
import type { PollParts, PollRequest, PollResult } from './poll/types.ts';

/** Longer than any back-fill should take at once; the next poll goes on. */
const RUN_LIMIT = 60 * 60_000;

/**
 * Resolves to what was done, also when the other side failed (status "failed", or "partly" when some of it is in).
 * Throws CONFIG for settings that are wrong and CONFLICT when another process polls the source.
 */
export async function pollSource(
  context: Context,
  parts: PollParts,
  request: PollRequest,
): Promise<PollResult> {
  const { store, log } = context;
  const settings = request.source;
  const source = parts.findSource(settings.kind);
  const startedAt = context.now();
  const today = msToDay(startedAt);
  const turn = await takeTurn(context, parts, settings.name);
  try {
    return await pollInTurn();
  } finally {
    turn.end();
  }
  const state = await readSourceState(store, settings.name);
  const polled: Polled = { state, batches: [], stored: [], warnings: [], span: null, newestDone: false };
  // While the circuit is open a poll is a probe: history waits until the newest days come again.
  const probing = state.failures >= FAILURES_UNTIL_STALE;
  const { variable, hide } = hideSecrets(parts.variable);
  let error: unknown;
  try {
    await runPoll(
      context,
      parts,
      { ...request, newestOnly: request.newestOnly || probing },
      source,
      {
        variable,
        meter,
        signal,
        now: context.now,
        random: parts.random,
        pace: parts.pace,
        log: (message, facts) => log.info({ source: settings.name, ...hideAll(facts, hide) }, message),
        today,
        completeThrough: addDays(today, -settings.lagDays),
      },
      polled,
    );
  } catch (thrown) {
    error = toError(thrown, signal, request.signal);
  }
  return finishPoll({ context, parts, request, polled, meter, startedAt, today, error, hide });
}

/** What a source logs, as plain data without its secrets. */
function hideAll(
  facts: Readonly<Record<string, unknown>> | undefined,
  hide: (text: string) => string,
): object {
  return JSON.parse(
    hide(JSON.stringify(facts ?? {}, (_, value) => (typeof value === 'bigint' ? `${value}` : value))),
  );
}

/** An aborted poll says who ended it; settings that are wrong are for the person who wrote them. */
function toError(thrown: unknown, signal: AbortSignal, asked: AbortSignal | undefined): unknown {
  if (!signal.aborted) return thrown;
  if (asked?.aborted)
    return new AppError('LIMIT', 'The poll was stopped before it was done.', {
      hint: 'The next poll goes on where this one stopped.',
      cause: thrown,
    });
  return new AppError('LIMIT', `The poll took longer than ${RUN_LIMIT / 60_000} minutes and was stopped.`, {
    hint: 'The next poll goes on where this one stopped.',
    cause: thrown,
  });
}
