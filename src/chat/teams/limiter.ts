/** Keeps within Teams' rates, one queue per conversation, and tries again what Teams asks to try again. */
import PQueue from 'p-queue';
import { AppError } from '../../core/errors.ts';
import { limits } from './limits.ts';
import { createPace } from './pace.ts';
import { refusalFacts } from './refusal-words.ts';

export type Wait = (milliseconds: number) => Promise<void>;

/**
 * Somebody is waiting for an answer, or nobody is. The former goes first. Once: whoever sends it looks for it before it
 * is sent again, so that what may be there already is not repeated here.
 */
export type Urgency = 'person' | 'report' | 'once';

export interface Turn {
  /** The conversation (or thread) whose rate the call takes from; Teams counts each apart. */
  readonly lane: string;
  readonly tenant: string;
  readonly urgency: Urgency;
  /** What is written goes out in order; questions do not wait for one another. */
  readonly writes: boolean;
  /** Doing it twice is doing it once: it may be tried again even when nobody knows what became of it. */
  readonly repeatable: boolean;
}

export interface Limiter {
  /** Runs the call when it is its turn. Rejects with what the call threw the last time. */
  run<Result>(turn: Turn, call: () => Promise<Result>): Promise<Result>;
  /** Lanes in memory: those with calls under way or told to wait. */
  lanes(): readonly string[];
}

export interface LimiterParts {
  readonly wait: Wait;
  /** Milliseconds. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Milliseconds a call waits for in all; ours. A person would have gone by then. */
const PATIENCE = { person: 20_000, report: 60_000, once: 60_000 } as const satisfies Record<Urgency, number>;
/** How often a call whose answer was lost is tried. */
const REPEATS = 3;
const PRIORITY = { person: 1, report: 0, once: 0 } as const satisfies Record<Urgency, number>;
const TENANT_RATE = [{ count: limits.requestsPerSecondPerTenant, perMs: 1_000 }];

interface Lane {
  readonly queue: PQueue;
  /** A wait too long to stand in the queue for: calls are refused at once until then. */
  closed: { readonly until: number; readonly error: unknown } | undefined;
}

export function createLimiter({ wait, now, random }: LimiterParts): Limiter {
  const lanes = new Map<string, Lane>();
  const pace = createPace(now);

  async function attempt<Result>(lane: Lane, turn: Turn, call: () => Promise<Result>): Promise<Result> {
    let waited = 0;
    for (let tries = 1; ; tries += 1) {
      if (lane.closed && now() < lane.closed.until) throw lane.closed.error;
      await takeSlot(turn);
      try {
        return await call();
      } catch (error) {
        const pause = pauseAfter(error, turn, tries, random);
        if (pause === undefined) throw error;
        waited += pause;
        if (waited > PATIENCE[turn.urgency]) {
          if (pause > PATIENCE.report) lane.closed = { until: now() + pause, error };
          throw error;
        }
        await wait(pause);
      }
    }
  }

  async function takeSlot({ lane, tenant, urgency, writes }: Turn): Promise<void> {
    const rates = [
      { name: lane, windows: writes ? limits.sends : limits.memberLookups },
      { name: `tenant ${tenant}`, windows: TENANT_RATE },
    ];
    const due = pace.take(rates, PATIENCE[urgency]);
    if (due === undefined) throw tooFast();
    const early = due - now();
    if (early > 0) await wait(early);
  }

  function laneOf(name: string): Lane {
    const known = lanes.get(name);
    if (known) return known;
    for (const [other, lane] of lanes) if (isIdle(lane)) lanes.delete(other);
    const fresh: Lane = { queue: new PQueue({ concurrency: 1 }), closed: undefined };
    lanes.set(name, fresh);
    return fresh;
  }

  function isIdle({ queue, closed }: Lane): boolean {
    return queue.size + queue.pending === 0 && !(closed && now() < closed.until);
  }

  return {
    async run(turn, call) {
      const name = turn.writes ? turn.lane : `${turn.lane} members`;
      const lane = laneOf(name);
      const named = { ...turn, lane: name };
      try {
        if (!turn.writes) return await attempt(lane, named, call);
        if (lane.queue.size >= limits.waitingPerConversation) throw tooManyWaiting(lane.queue.size);
        return await lane.queue.add(() => attempt(lane, named, call), { priority: PRIORITY[turn.urgency] });
      } finally {
        if (isIdle(lane) && lanes.get(name) === lane) lanes.delete(name);
      }
    },
    lanes: () => [...lanes.keys()],
  };
}

/** Milliseconds until the next try; undefined when there is none. */
function pauseAfter(error: unknown, turn: Turn, tries: number, random: () => number): number | undefined {
  const facts = refusalFacts(error);
  if (!facts || tries >= limits.retry.attempts) return undefined;
  const { status, retryAfter = 0, uncertain } = facts;
  if (turn.urgency === 'once' && uncertain) return undefined;
  const asked = limits.retry.statuses.some((one) => one === status);
  const silent = status === undefined || status >= 500;
  if (!asked && !(turn.repeatable && silent && uncertain && tries < REPEATS)) return undefined;
  const step = Math.min(limits.retry.longestMs, limits.retry.firstMs * 2 ** (tries - 1));
  // Half of it is chance, so that those who were refused together do not come back together.
  return Math.max(retryAfter, step / 2 + (random() * step) / 2);
}

function tooManyWaiting(waiting: number): AppError {
  return new AppError('UPSTREAM', `${waiting} messages already wait for this Teams conversation.`, {
    hint: 'Teams takes about two messages a second per conversation. Try again in a few minutes.',
  });
}

function tooFast(): AppError {
  return new AppError(
    'UPSTREAM',
    'Teams takes no more messages of Pennywatch in this conversation for now.',
    {
      hint: 'Teams takes 1,800 messages an hour per conversation. Try again later.',
    },
  );
}
