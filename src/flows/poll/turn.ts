/** A poll's turn: taken from nobody alive, kept while the poll works, and noticed when another process has taken it. */
import { AppError } from '../../core/errors.ts';
import type { Store, StoreTransaction } from '../../store/open.ts';
import { extendLease, renewLease, takeLease } from '../../store/source-states.ts';
import type { Context } from '../context.ts';
import type { PollParts } from './types.ts';

/** A poll that dies without a word holds its source this long; said anew every minute. */
const LEASE = 10 * 60_000;
const RENEW_EVERY = 60_000;

export interface Turn {
  /** Aborted when another process has taken the turn: after a long sleep of this machine, for example. */
  readonly signal: AbortSignal;
  /** Says that this process is alive, when it is time to. */
  keep(): Promise<void>;
  /** Runs a transaction of this poll; it calls `hold` itself. */
  write<T>(store: Store, work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /** Makes sure of it inside a transaction that writes. Throws CONFLICT when the turn is lost. */
  hold(tx: StoreTransaction): Promise<void>;
  /** No more renewing. */
  end(): void;
}

/** Throws CONFLICT when another process polls the source. */
export async function takeTurn(
  context: Context,
  { owner, isAlive }: Pick<PollParts, 'owner' | 'isAlive'>,
  name: string,
): Promise<Turn> {
  const { store, log, now } = context;
  const lease = () => ({ by: owner, now: new Date(now()), until: new Date(now() + LEASE) });
  const held = await takeLease(store, name, lease(), isAlive);
  if (held.heldBy)
    throw new AppError(
      'CONFLICT',
      `${name} is being polled since ${held.since?.toISOString() ?? 'a while'}.`,
      { hint: 'Wait until that poll has ended; `sources` shows it.' },
    );
  const lost = new AbortController();
  let renewed = now();
  let writing = 0;

  async function renew(): Promise<void> {
    renewed = now();
    if (!(await renewLease(store, name, lease()))) lost.abort(lostTurn(name));
  }

  // A request or an import may take longer than the lease.
  const timer = setInterval(() => {
    // A second connection would wait for this poll's own transaction, which says so itself when it ends.
    if (writing > 0) return;
    renew().catch((error: unknown) => log.warn({ source: name, err: error }, 'a turn could not be renewed'));
  }, RENEW_EVERY);
  timer.unref();
  return {
    signal: lost.signal,
    async keep() {
      if (now() - renewed >= RENEW_EVERY) await renew();
      lost.signal.throwIfAborted();
    },
    async write(to, work) {
      writing += 1;
      try {
        return await to.$transaction(work);
      } finally {
        writing -= 1;
      }
    },
    async hold(tx) {
      if (await extendLease(tx, name, lease())) return;
      lost.abort(lostTurn(name));
      throw lostTurn(name);
    },
    end: () => clearInterval(timer),
  };
}

function lostTurn(name: string): AppError {
  return new AppError(
    'CONFLICT',
    `Another process polls ${name} by now: this poll was too slow and stopped.`,
    {
      hint: 'Nothing is lost: the other one goes on. `sources` shows it.',
    },
  );
}
