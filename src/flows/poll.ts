/** Polls one live source: takes its turn, fetches what is new and missing, and writes down how it went. */
import { addDays, msToDay } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import type { AnySource } from '../sources/types.ts';
import { readSourceState } from '../store/source-states.ts';
import type { Context } from './context.ts';
import { type Ending, finishPoll } from './poll/finish.ts';
import { hideSecrets } from './poll/hide-secrets.ts';
import { createMeter } from './poll/meter.ts';
import { FAILURES_UNTIL_STALE } from './poll/next-attempt.ts';
import { type Polled, runPoll } from './poll/run.ts';
import { type Turn, takeTurn } from './poll/turn.ts';
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
  const { name, kind } = request.source;
  const source = parts.findSource(kind);
  const turn = await takeTurn(context, parts, name);
  try {
    return await pollInTurn(context, parts, request, source, turn);
  } finally {
    turn.end();
  }
}

async function pollInTurn(
  context: Context,
  parts: PollParts,
  request: PollRequest,
  source: AnySource,
  turn: Turn,
): Promise<PollResult> {
  const { store, log } = context;
  const settings = request.source;
  const startedAt = context.now();
  const today = msToDay(startedAt);
  const meter = await createMeter(context, settings, source.about, turn.keep);
  const limit = AbortSignal.timeout(RUN_LIMIT);
  const signal = AbortSignal.any([turn.signal, limit, ...(request.signal ? [request.signal] : [])]);
  const state = await readSourceState(store, settings.name);
  const batches: Polled['batches'] = [];
  const polled: Polled = { state, batches, stored: [], warnings: [], span: null, newestDone: false, turn };
  // While the circuit is open a poll is a probe: history waits until the newest days come again.
  const probing = state.failures >= FAILURES_UNTIL_STALE;
  const { variable, hide, hideIn } = hideSecrets(parts.variable);
  let failed: Ending['failed'];
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
        log: (message, facts) =>
          log.info({ source: settings.name, ...(hideIn(facts ?? {}) as object) }, hide(message)),
        today,
        completeThrough: addDays(today, -settings.lagDays),
      },
      polled,
    );
  } catch (thrown) {
    failed = { error: toError(thrown, signal, { asked: request.signal, turn: turn.signal }) };
  }
  return finishPoll({
    context,
    parts,
    request,
    about: source.about,
    polled,
    before: state,
    meter,
    startedAt,
    today,
    failed,
    hide,
  });
}

/** An aborted poll says who ended it; settings that are wrong are for the person who wrote them. */
function toError(
  thrown: unknown,
  signal: AbortSignal,
  { asked, turn }: { readonly asked: AbortSignal | undefined; readonly turn: AbortSignal },
): unknown {
  if (!signal.aborted) return thrown;
  if (turn.aborted) return turn.reason;
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
