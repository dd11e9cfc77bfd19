/** Is there data, how far does it reach, and does it agree with the bills? */
import { type Day, daysBetween, msToDay } from '../../core/day.ts';
import type { SourceSettings } from '../../core/settings.ts';
import { readSources, readUsageSources, type SourceReach } from '../../store/freshness.ts';
import { countReconciled, type ReconciledSource } from '../../store/health.ts';
import type { Store } from '../../store/open.ts';
import { STALE_AFTER_DAYS } from '../answer/stale.ts';
import type { DoctorCheck } from './types.ts';

/** One check per source of cost or usage and one for the agreement with the bills. */
export async function checkData(
  store: Store,
  now: number,
  polled: readonly Pick<SourceSettings, 'name'>[] = [],
): Promise<readonly DoctorCheck[]> {
  const sources = await readSources(store);
  if (sources.length === 0)
    return [
      {
        id: 'data',
        title: 'Data',
        status: 'warn',
        detail: 'Nothing has been imported yet.',
        mend:
          polled.length > 0
            ? 'Poll your sources: pennywatch poll, or start the server.'
            : 'Import a bill: pennywatch import focus <files…>',
      },
    ];
  const today = msToDay(now);
  return [
    // What is polled has a check of its own.
    ...sources
      .filter(({ name }) => !polled.some((one) => one.name === name))
      .map((source) => checkSource(source, today)),
    ...(await readUsageSources(store)).map((source) => checkUsage(source, today)),
    checkAgreement(await countReconciled(store)),
  ];
}

function checkSource(source: SourceReach, today: Day): DoctorCheck {
  const named = { id: `data-${source.name}`, title: `Source ${source.name}` };
  const reach = source.watermark ? `complete until ${source.watermark}` : 'no complete day yet';
  const again = `Import it again: pennywatch import focus <files…> --source ${source.name}`;
  if (source.lastError)
    return {
      ...named,
      status: 'fail',
      detail: `The last import failed (${source.lastError}); ${reach}.`,
      mend: again,
    };
  if (!source.watermark) return { ...named, status: 'warn', detail: `There is ${reach}.`, mend: again };
  const age = daysBetween(source.watermark, today);
  const ago = age <= 0 ? 'today' : age === 1 ? 'yesterday' : `${age} days ago`;
  if (age <= STALE_AFTER_DAYS) return { ...named, status: 'ok', detail: `Data is ${reach} (${ago}).` };
  const detail = `Data is ${reach} (${ago}); what was spent since is missing, not zero.`;
  return {
    ...named,
    status: 'warn',
    detail,
    mend: `Import a newer bill: pennywatch import focus <files…> --source ${source.name}`,
  };
}

function checkUsage({ name, watermark = 'no day yet' }: SourceReach, today: Day): DoctorCheck {
  const named = { id: `usage-${name}`, title: `Usage ${name}` };
  const detail = `Usage is complete until ${watermark}`;
  const age = watermark === 'no day yet' ? Number.POSITIVE_INFINITY : daysBetween(watermark, today);
  if (age <= STALE_AFTER_DAYS) return { ...named, status: 'ok', detail: `${detail}.` };
  return {
    ...named,
    status: 'warn',
    detail: `${detail}: later unit costs are unknown.`,
    mend: `Import newer usage: pennywatch import usage <files…> --source ${name}`,
  };
}

function checkAgreement(reconciled: readonly ReconciledSource[]): DoctorCheck {
  const named = { id: 'data-reconciliation', title: 'Agreement with bills' };
  const days = reconciled.reduce((sum, source) => sum + source.days, 0);
  const wrong = reconciled.filter(({ differing }) => differing > 0);
  if (days === 0)
    return {
      ...named,
      status: 'warn',
      detail: 'No day has been compared with a bill yet.',
      mend: 'It happens at the next import.',
    };
  if (wrong.length === 0)
    return {
      ...named,
      status: 'ok',
      detail: `All ${days.toLocaleString('en-US')} compared days add up to the bill, to the micro.`,
    };
  const places = wrong.map(
    ({ source, differing, firstDiffering }) => `${source}: ${differing} (first ${firstDiffering})`,
  );
  return {
    ...named,
    status: 'fail',
    detail: `Days that do not add up to the bill – ${places.join('; ')}.`,
    mend: 'Import the files of those days again; if they still differ, run pennywatch allocate.',
  };
}
