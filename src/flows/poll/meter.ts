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

export async function createMeter(
  context: Context,
  settings: SourceSettings,
  about: SourceFacts,
  alive: () => Promise<void>,
): Promise<PollMeter> {
  const day = msToDay(context.now());
  const before = await readRequests(context.store, settings.name, day);
  const price = about.requestPrice ? decimalToMicros(about.requestPrice) : 0n;
  let [sent, failed, writtenSent, writtenFailed] = [0, 0, 0, 0];
  let exhausted = false;
  const count = (requests: number, wrong: number): RequestCount => ({
    requests,
    failed: wrong,
    // What is answered with an error is not charged.
    costMicros: BigInt(requests - wrong) * price,
  });
  const left = () =>
    settings.requestsPerDay === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(0, settings.requestsPerDay - before.requests + before.failed - (sent - failed));

  async function flush(): Promise<void> {
    const fresh = count(sent - writtenSent, failed - writtenFailed);
    if (fresh.requests === 0 && fresh.failed === 0) return;
    [writtenSent, writtenFailed] = [sent, failed];
    await addRequests(context.store, settings.name, day, fresh);
  }

  return {
    async request() {
      if (left() <= 0) {
        exhausted = true;
        throw new AppError(
          'LIMIT',
          `The ${settings.requestsPerDay} requests a day that ${settings.name} may send are used up.`,
          {
            hint: 'It goes on after midnight UTC. To allow more, raise requestsPerDay of this source in pennywatch.yaml.',
          },
        );
      }
      sent += 1;
      // Money is written down before it is spent: a process that dies has spent it all the same.
      if (price > 0n || sent - writtenSent >= GROUP) await flush();
      await alive();
    },
    failed: () => {
      failed += 1;
    },
    left,
    counts: () => count(sent, failed),
    today: () => ({
      requests: before.requests + sent,
      failed: before.failed + failed,
      costMicros: before.costMicros + count(sent, failed).costMicros,
    }),
    get exhausted() {
      return exhausted;
    },
    flush,
  };
}
