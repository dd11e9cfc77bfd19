/** Slack's posting limit: about one message a second per channel, short bursts tolerated. */
import { Refusal } from './refusal.ts';
import type { WorkspaceState } from './state.ts';

/** For tests: the channel (by id) or method answers 429 this many times. */
export function simulateRateLimit(
  state: WorkspaceState,
  channelOrMethod: string,
  { times, retryAfter }: { readonly times: number; readonly retryAfter: number },
): void {
  state.refusing.set(channelOrMethod, { left: times, retryAfter });
}

/** Refuses while a test wants it so. */
export function checkSimulatedLimit(state: WorkspaceState, channelOrMethod: string): void {
  const refusing = state.refusing.get(channelOrMethod);
  if (!refusing || refusing.left <= 0) return;
  refusing.left -= 1;
  throw new Refusal('ratelimited', { retryAfter: refusing.retryAfter });
}

/** Takes one token of the channel's bucket; refuses with the seconds to wait when it is empty. */
export function takePostingSlot(state: WorkspaceState, channel: string): void {
  checkSimulatedLimit(state, channel);
  if (state.rateLimit === false) return;
  const { perSecond, burst } = state.rateLimit;
  const now = state.now();
  const bucket = state.buckets.get(channel) ?? { tokens: burst, at: now };
  const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  if (tokens < 1) {
    state.buckets.set(channel, { tokens, at: now });
    throw new Refusal('ratelimited', { retryAfter: Math.ceil((1 - tokens) / perSecond) });
  }
  state.buckets.set(channel, { tokens: tokens - 1, at: now });
}
