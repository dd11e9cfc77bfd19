/** What doctor needs to ask the other side of live sources: the registry, the environment, and a meter. */
import { existsSync } from 'node:fs';
import { readVariable } from '../config.ts';
import { msToDay } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { decimalToMicros } from '../core/money.ts';
import type { SourcesToCheck } from '../flows/doctor.ts';
import { sources } from '../sources/registry.ts';
import type { AnySource, Meter } from '../sources/types.ts';
import { pendingMigrations } from '../store/migrate.ts';
import { openStore, sqlitePath } from '../store/open.ts';
import { addRequests } from '../store/source-requests.ts';

/** A check that takes longer than this is broken off, in milliseconds. */
const PATIENCE = 15_000;

export function sourcesToCheck(databaseUrl: string, now: () => number): SourcesToCheck {
  const find = (kind: string): AnySource => {
    const found = sources.find(({ id }) => id === kind);
    if (!found) throw new AppError('CONFIG', `There is no source of the kind "${kind}".`);
    return found;
  };
  return {
    about: (kind) => find(kind).about,
    variable: readVariable,
    async check({ name, kind, options }) {
      const source = find(kind);
      const counted = { requests: 0, failed: 0 };
      const meter: Meter = {
        request: async () => void counted.requests++,
        failed: () => void counted.failed++,
        left: () => Number.POSITIVE_INFINITY,
      };
      try {
        return await source.check(options, {
          variable: readVariable,
          meter,
          signal: AbortSignal.timeout(PATIENCE),
          now,
          random: Math.random,
          pace: 1,
          log: () => undefined,
        });
      } finally {
        await record(databaseUrl, {
          name,
          day: msToDay(now()),
          price: source.about.requestPrice,
          ...counted,
        });
      }
    },
  };
}

/** What was asked counts like what polls ask, if there is a database that can hold it: doctor makes none. */
async function record(
  url: string,
  asked: { name: string; day: string; price?: string; requests: number; failed: number },
): Promise<void> {
  const { name, day, price = '0', requests, failed } = asked;
  if (requests === 0 || !existsSync(sqlitePath(url))) return;
  const store = await openStore(url, { migrate: false });
  try {
    if ((await pendingMigrations(store)).length > 0) return;
    const costMicros = BigInt(requests - failed) * decimalToMicros(price);
    await addRequests(store, name, day, { requests, failed, costMicros });
  } finally {
    await store.$disconnect();
  }
}
