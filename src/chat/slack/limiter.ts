/** Keeps within Slack's limits, one queue per channel or method: whoever is told to wait holds up nobody else. */
import PQueue from 'p-queue';
import { AppError } from '../../core/errors.ts';
import { retryAfterSeconds } from './errors.ts';
import { limits } from './limits.ts';

export type Wait = (milliseconds: number) => Promise<void>;

/** Somebody is waiting for an answer, or nobody is. The former goes first. */
export type Urgency = 'person' | 'report';

export interface Turn {
  /** Calls of one lane wait for one another's 429; those of other lanes do not. */
  readonly lane: string;
  /** The channel whose one message a second the call takes; absent for calls that post nothing. */
  readonly channel?: string;
  readonly urgency: Urgency;
}

export interface Limiter {
  /** Runs the call when it is its turn. Rejects with what the call threw, a 429 only after its last try. */
  run<Result>(turn: Turn, call: () => Promise<Result>): Promise<Result>;
  /** Lanes in memory: those with calls under way or told to wait. */
  lanes(): readonly string[];
}

/** How often a rate-limited call is tried, and the seconds it waits for in all. */
const TRIES = 4;
const PATIENCE = 60;
const PRIORITY = { person: 1, report: 0 } as const satisfies Record<Urgency, number>;

interface Lane {
  readonly queue: PQueue;
  /** Resolves when Slack wants to hear from this lane again. */
  blocked: Promise<void> | undefined;
  /** A wait too long to stand in the queue for: calls are refused at once until then. */
  closed: { readonly until: number; readonly error: unknown } | undefined;
}

/** `now` gives milliseconds. */
export function createLimiter(wait: Wait, now: () => number): Limiter {
  const lanes = new Map<string, Lane>();
  /** When the next message of a channel is due if it is written to once a second. */
  const due = new Map<string, number>();

  async function attempt<Result>(lane: Lane, turn: Turn, call: () => Promise<Result>): Promise<Result> {
    let waited = 0;
    for (let tries = 1; ; tries += 1) {
      while (lane.blocked) await lane.blocked;
      if (lane.closed && now() < lane.closed.until) throw lane.closed.error;
      if (turn.channel) await takeSlot(turn.channel);
      try {
        return await call();
      } catch (error) {
        const seconds = retryAfterSeconds(error);
        if (seconds === undefined) throw error;
        waited += seconds;
        if (waited > PATIENCE) lane.closed = { until: now() + seconds * 1_000, error };
        if (waited > PATIENCE || tries >= TRIES) throw error;
        block(lane, seconds);
      }
    }
  }

  function block(lane: Lane, seconds: number): void {
    const pause = wait(seconds * 1_000).finally(() => {
      if (lane.blocked === pause) lane.blocked = undefined;
    });
    lane.blocked = pause;
  }

  /** A short burst goes out at once; after it, one message a second. */
  async function takeSlot(channel: string): Promise<void> {
    const at = now();
    const next = Math.max(due.get(channel) ?? 0, at);
    due.set(channel, next + 1_000 / limits.postsPerSecondPerChannel);
    const early = next - at - (limits.postBurst - 1) * 1_000;
    if (early > 0) await wait(early);
  }

  function laneOf(name: string): Lane {
    const known = lanes.get(name);
    if (known) return known;
    for (const [channel, at] of due) if (at <= now()) due.delete(channel);
    for (const [other, lane] of lanes) if (isIdle(lane)) lanes.delete(other);
    // Messages of one channel stay in order; other calls only share their waits.
    const fresh: Lane = { queue: new PQueue({ concurrency: 1 }), blocked: undefined, closed: undefined };
    lanes.set(name, fresh);
    return fresh;
  }

  function isIdle({ queue, blocked, closed }: Lane): boolean {
    return queue.size + queue.pending === 0 && !blocked && !(closed && now() < closed.until);
  }

  return {
    async run(turn, call) {
      const lane = laneOf(turn.lane);
      if (!turn.channel) return attempt(lane, turn, call);
      if (lane.queue.size >= limits.waitingPerChannel) throw tooManyWaiting(lane.queue.size);
      try {
        return await lane.queue.add(() => attempt(lane, turn, call), { priority: PRIORITY[turn.urgency] });
      } finally {
        if (isIdle(lane) && lanes.get(turn.lane) === lane) lanes.delete(turn.lane);
      }
    },
    lanes: () => [...lanes.keys()],
  };
}

function tooManyWaiting(waiting: number): AppError {
  return new AppError('UPSTREAM', `${waiting} messages already wait for this Slack channel.`, {
    hint: 'Slack takes about one message a second per channel. Try again in a few minutes.',
  });
}
