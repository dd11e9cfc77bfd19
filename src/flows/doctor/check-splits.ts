/** Was everything shared that splits say is shared? */
import { msToDay } from '../../core/day.ts';
import type { Settings } from '../../core/settings.ts';
import { factDays } from '../../store/allocation.ts';
import type { Store } from '../../store/open.ts';
import { countOf } from '../../view/format.ts';
import { unsharedText } from '../../view/messages/unshared-pool.ts';
import { rulesChanged } from '../allocate.ts';
import { unsharedPools } from '../unshared-pools.ts';
import type { DoctorCheck } from './types.ts';

const NAMED = { id: 'data-splits', title: 'Shared cost' };

/** One check when there are splits and data, none otherwise. */
export async function checkSplits(store: Store, settings: Settings, now: number): Promise<DoctorCheck[]> {
  const days = settings.splits.length > 0 ? await factDays(store) : [];
  if (days.length === 0) return [];
  if (await rulesChanged(store, settings))
    return [
      {
        ...NAMED,
        status: 'warn',
        detail: 'Rules or splits changed since the history was allocated.',
        mend: 'Run pennywatch allocate.',
      },
    ];
  const left = await unsharedPools(store, settings, days);
  if (left.length === 0)
    return [
      { ...NAMED, status: 'ok', detail: `${countOf(settings.splits.length, 'split')}, all of it shared.` },
    ];
  const usage = left.some(({ by }) => by.kind === 'usage');
  return [
    {
      ...NAMED,
      status: 'warn',
      detail: left.map((pool) => unsharedText(pool, msToDay(now))).join(' '),
      mend: usage
        ? 'Import the usage of those days (pennywatch import usage FILE), or share by something else.'
        : 'Name who shares it in "among", or share by something else.',
    },
  ];
}
