/** Does the database open, is it up to date, writable and intact? */
import { existsSync } from 'node:fs';
import type { Settings } from '../../core/settings.ts';
import { checkIntegrity, probeWrite } from '../../store/health.ts';
import { pendingMigrations } from '../../store/migrate.ts';
import { openStore, type Store, sqlitePath } from '../../store/open.ts';
import { checkAnalysis, checkScopes } from './check-analysis.ts';
import { checkApprovers } from './check-approvers.ts';
import { AUDIT, checkAudit } from './check-audit.ts';
import { checkData } from './check-data.ts';
import { checkPosting } from './check-posting.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkSourceStates } from './check-source-states.ts';
import { checkSplits } from './check-splits.ts';
import { checkTeamsChannels, TEAMS_CHANNELS } from './check-teams-channels.ts';
import { guarded } from './guard.ts';
import type { DoctorCheck } from './types.ts';

const NAMED = { id: 'database', title: 'Database' };
const MIGRATIONS = { id: 'database-migrations', title: 'Migrations' };
const WRITABLE = { id: 'database-writable', title: 'Writable' };
const INTEGRITY = { id: 'database-integrity', title: 'Integrity' };

/** Looks without changing anything: a database that is not there is not made, pending migrations are not applied. */
export async function checkDatabase(
  url: string,
  now: number,
  settings?: Settings,
): Promise<readonly DoctorCheck[]> {
  const path = sqlitePath(url);
  if (!existsSync(path))
    return [{ ...NAMED, status: 'ok', detail: `${path} is not there yet; the first start makes it.` }];
  const store = await openStore(url, { migrate: false });
  try {
    return [
      { ...NAMED, status: 'ok', detail: `${path} opens.` },
      ...(await guarded(MIGRATIONS, () => checkMigrations(store, now, settings))),
      ...(await guarded(WRITABLE, async () => [await checkWritable(store)])),
      ...(await guarded(INTEGRITY, async () => [await integrity(store, path)])),
    ];
  } finally {
    await store.$disconnect();
  }
}

/** Data can only be asked for when the tables are the ones this version knows. */
async function checkMigrations(
  store: Store,
  now: number,
  settings: Settings | undefined,
): Promise<readonly DoctorCheck[]> {
  const pending = await pendingMigrations(store);
  if (pending.length === 0)
    return [
      { ...MIGRATIONS, status: 'ok', detail: 'All are applied.' },
      ...(await guarded({ id: 'data', title: 'Data' }, () => checkData(store, now, settings?.sources))),
      ...(settings
        ? await guarded({ id: 'sources', title: 'Polling' }, () => checkSourceStates(store, settings, now))
        : []),
      ...(await guarded({ id: 'posting', title: 'Reports and messages' }, async () => [
        await checkPosting(store, now),
      ])),
      ...(settings ? await guarded(TEAMS_CHANNELS, () => checkTeamsChannels(store, settings)) : []),
      ...(await guarded(AUDIT, async () => [await checkAudit(store)])),
      ...(settings
        ? await guarded({ id: 'data-splits', title: 'Shared cost' }, () => checkSplits(store, settings, now))
        : []),
      ...(settings
        ? await guarded({ id: 'analysis', title: 'Anomalies' }, () => checkAnalysis(store, settings, now))
        : []),
      ...(settings
        ? await guarded({ id: 'analysis-scopes', title: 'Budgets and SLOs' }, () =>
            checkScopes(store, settings, now),
          )
        : []),
      ...(settings
        ? await guarded({ id: 'actions-approvers', title: 'Approvers' }, () =>
            checkApprovers(store, settings),
          )
        : []),
      ...(settings
        ? await guarded({ id: 'schedules', title: 'Off-hours' }, () => checkSchedules(store, settings, now))
        : []),
    ];
  const waiting = pending.length === 1 ? 'One is' : `${pending.length} are`;
  return [
    {
      ...MIGRATIONS,
      status: 'warn',
      detail: `${waiting} not applied yet: ${pending.join(', ')}.`,
      mend: 'Start Pennywatch: it applies them at start and deletes nothing. Keep a copy of the file if you may go back to the older version.',
    },
  ];
}

async function checkWritable(store: Store): Promise<DoctorCheck> {
  await probeWrite(store);
  return { ...WRITABLE, status: 'ok', detail: 'A write was made and taken back.' };
}

async function integrity(store: Store, path: string): Promise<DoctorCheck> {
  const complaints = await checkIntegrity(store);
  if (complaints.length === 0) return { ...INTEGRITY, status: 'ok', detail: 'The file is intact.' };
  return {
    ...INTEGRITY,
    status: 'fail',
    detail: `The file is damaged: ${complaints.join('; ')}.`,
    mend: `Stop Pennywatch, keep a copy of ${path}, and restore a backup, or delete it and import the bills again.`,
  };
}
