/** Counts what a poll asks of the other side, keeps to the day's budget, and keeps the lease while it works. */
import { msToDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { decimalToMicros } from '../../core/money.ts';
import type { SourceSettings } from '../../core/settings.ts';
import type { Meter, SourceFacts } from '../../sources/types.ts';
import { addRequests, type RequestCount, readRequests } from '../../store/source-requests.ts';
import type { Context } from '../context.ts';

export interface PollMeter extends Meter {
  /** Sent and failed in this poll, and what that costs. */
  counts(): RequestCount;
  /** Sent today by all polls of the source, this one included. */
  today(): RequestCount;
  /** The budget stopped a request. */
  readonly exhausted: boolean;
  /** Writes down what was counted since the last time. */
  flush(): Promise<void>;
}

/** Requests that cost nothing are written down in groups of so many. */
const GROUP = 25;

const NONE: RequestCount = { requests: 0, failed: 0, costMicros: 0n };

/** `keep` is called before every request; it may throw when the poll has to end. */
export async function createMeter(
  context: Context,
  settings: SourceSettings,
  about: SourceFacts,
  keep: () => Promise<void>,
): Promise<PollMeter> {
  const { store, now } = context;
  const { name, requestsPerDay: budget } = settings;
  const price = about.requestPrice ? decimalToMicros(about.requestPrice) : 0n;
  let day = msToDay(now());
  /** What others have sent on this day: polls before, other processes, checks. */
  let others = await readRequests(store, name, day);
  /** Of this meter, on this day: all, and those that are written down. */
  let [own, written] = [NONE, NONE];
  let total = NONE;
  let exhausted = false;
  let writing: Promise<unknown> = Promise.resolve();

  function count(requests: number, failed: number): void {
    // What is answered with an error is not charged.
    const more = { requests, failed, costMicros: BigInt(requests - failed) * price };
    own = add(own, more);
    total = add(total, more);
  }
  const left = () =>
    budget === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(0, budget - (others.requests - others.failed) - (own.requests - own.failed));

  /** One after the other: what others have sent is what is written without this meter's own. */
  function flush(): Promise<void> {
    const flushed = writing.then(async () => {
      const [on, fresh] = [day, subtract(own, written)];
      if (fresh.requests === 0 && fresh.failed === 0) return;
      written = own;
      await addRequests(store, name, on, fresh);
      if (on !== day) return;
      const mine = written;
      const all = await readRequests(store, name, on);
      if (on === day) others = subtract(all, mine);
    });
    writing = flushed.catch(() => undefined);
    return flushed;
  }

  /** A new day has a new budget. */
  async function turnDay(): Promise<void> {
    if (msToDay(now()) === day) return;
    await flush();
    const today = msToDay(now());
    const fresh = await readRequests(store, name, today);
    if (today === day) return;
    [day, others, own, written] = [today, fresh, NONE, NONE];
  }

  return {
    async request() {
      await turnDay();
      if (left() <= 0) {
        exhausted = true;
        throw new AppError('LIMIT', `The ${budget} requests a day that ${name} may send are used up.`, {
          hint: 'It goes on after midnight UTC. To allow more, raise requestsPerDay of this source in pennywatch.yaml.',
        });
      }
      count(1, 0);
      // Money is written down before it is spent: a process that dies has spent it all the same.
      if (price > 0n || own.requests - written.requests >= GROUP) await flush();
      await keep();
    },
    failed: () => count(0, 1),
    left,
    counts: () => total,
    today: () => add(others, own),
    get exhausted() {
      return exhausted;
    },
    flush,
  };
}

function add(a: RequestCount, b: RequestCount): RequestCount {
  return {
    requests: a.requests + b.requests,
    failed: a.failed + b.failed,
    costMicros: a.costMicros + b.costMicros,
  };
}

function subtract(a: RequestCount, b: RequestCount): RequestCount {
  return {
    requests: a.requests - b.requests,
    failed: a.failed - b.failed,
    costMicros: a.costMicros - b.costMicros,
  };
}
