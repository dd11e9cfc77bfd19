/** Asks the other side of configured sources for doctor; requests that cost money are counted as a poll's are. */
import { existsSync } from 'node:fs';
import { AppError } from '../core/errors.ts';
import type { Settings, SourceSettings } from '../core/settings.ts';
import type { SourcesToCheck } from '../flows/doctor.ts';
import { createMeter } from '../flows/poll/meter.ts';
import type { Meter, SourceCheck } from '../sources/types.ts';
import { pendingMigrations } from '../store/migrate.ts';
import { openStore, type Store, sqlitePath } from '../store/open.ts';
import { createPollParts } from '../threads/poll-parts.ts';

export interface DoctorSourcesOptions {
  readonly settings: Settings;
  readonly databaseUrl: string;
  /** The clock, milliseconds since the epoch. */
  readonly now: () => number;
}

/** A check that takes longer is given up; sooner than doctor loses patience, so that it can say why. */
const PATIENCE = 12_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function sourcesToCheck(options: DoctorSourcesOptions): SourcesToCheck {
  const parts = createPollParts();
  return {
    about: (kind) => parts.findSource(kind).about,
    variable: parts.variable,
    async check(source): Promise<readonly SourceCheck[]> {
      const kind = parts.findSource(source.kind);
      const store = kind.about.requestPrice === undefined ? undefined : await openForCounting(options);
      try {
        const counting =
          store &&
          (await createMeter({ ...options, store, log: silent }, source, kind.about, async () => undefined));
        try {
          return await kind.check(source.options, {
            variable: parts.variable,
            meter: counting ?? plainMeter(source),
            signal: AbortSignal.timeout(PATIENCE),
            now: options.now,
            random: parts.random,
            pace: parts.pace,
            log: () => undefined,
          });
        } finally {
          await counting?.flush();
        }
      } finally {
        await store?.$disconnect();
      }
    },
  };
}

/** The database as it is; undefined when there is none, or one that this version has not brought up to date. */
async function openForCounting({ databaseUrl }: DoctorSourcesOptions): Promise<Store | undefined> {
  if (!existsSync(sqlitePath(databaseUrl))) return undefined;
  const store = await openStore(databaseUrl, { migrate: false });
  if ((await pendingMigrations(store)).length === 0) return store;
  await store.$disconnect();
  return undefined;
}

/** Keeps to the budget of this one check. */
function plainMeter({ name, requestsPerDay = Number.POSITIVE_INFINITY }: SourceSettings): Meter {
  let sent = 0;
  return {
    async request() {
      if (sent >= requestsPerDay)
        throw new AppError(
          'LIMIT',
          `The ${requestsPerDay} requests a day that ${name} may send are used up.`,
        );
      sent += 1;
    },
    failed: () => undefined,
    left: () => requestsPerDay - sent,
  };
}
