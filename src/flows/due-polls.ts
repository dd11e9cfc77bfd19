/** Which live sources are to be polled now: by their schedule, after a failure, or because they never were. */
import { nextCronTime } from '../analysis/schedule/cron.ts';
import type { SourceSettings } from '../core/settings.ts';
import { readSourceStates, type SourceState } from '../store/source-states.ts';
import type { Context } from './context.ts';

/** node-cron may tick a moment early by our clock. */
const SLACK = 5_000;

/** Names of configured sources that are due. */
export async function duePolls(context: Context): Promise<string[]> {
  const states = new Map((await readSourceStates(context.store)).map((state) => [state.name, state]));
  const now = context.now();
  return context.settings.sources
    .filter((source) => {
      const state = states.get(source.name);
      return nextPoll(source, state, now) <= now + SLACK && !isPolling(state, now);
    })
    .map(({ name }) => name);
}

/** Milliseconds since the epoch; `now` for a source that was never polled. */
export function nextPoll(source: SourceSettings, state: SourceState | undefined, now: number): number {
  if (!state?.nextAttemptAt || !state.lastEndedAt) return now;
  // The clock was ahead when that was planned.
  if (state.lastEndedAt.getTime() > now + SLACK) return now;
  const planned = state.nextAttemptAt.getTime();
  // After trouble it is left alone until then: a used-up budget comes back at midnight.
  if (state.failures > 0 || state.error !== undefined) return planned;
  // The schedule may have been changed since it was planned.
  return Math.min(planned, nextCronTime(source.schedule, state.lastEndedAt.getTime()));
}

function isPolling(state: SourceState | undefined, now: number): boolean {
  return (state?.runningUntil?.getTime() ?? 0) > now;
}
