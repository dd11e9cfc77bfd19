/** Did everything that was to be made and posted get there? */
import { troubledRuns } from '../../store/job-runs.ts';
import type { Store } from '../../store/open.ts';
import { troubledMessages } from '../../store/outbox.ts';
import { countOf } from '../../view/format.ts';
import { slotWords } from '../job-troubles.ts';
import type { DoctorCheck } from './types.ts';

const DAY_MS = 86_400_000;
const LOOK_BACK_DAYS = 14;

/** Fails when something was given up, warns while it is still being tried. */
export async function checkPosting(store: Store, now: number): Promise<DoctorCheck> {
  const named = { id: 'posting', title: 'Reports and messages' };
  const since = new Date(now - LOOK_BACK_DAYS * DAY_MS);
  const troubles = [
    ...(await troubledRuns(store, since)).map(({ slot, ...rest }) => ({ what: slotWords(slot), ...rest })),
    ...(await troubledMessages(store, since)).map(({ about, ...rest }) => ({ what: about, ...rest })),
  ];
  const [first] = troubles;
  if (!first) return { ...named, status: 'ok', detail: `Nothing failed in the last ${LOOK_BACK_DAYS} days.` };
  const lost = troubles.filter(({ status }) => status === 'given-up').length;
  const count =
    lost > 0 ? `${countOf(lost, 'thing')} given up` : `${countOf(troubles.length, 'thing')} tried in vain`;
  return {
    ...named,
    status: lost > 0 ? 'fail' : 'warn',
    detail: `${count} in the last ${LOOK_BACK_DAYS} days, for example ${first.what}: ${first.error ?? 'unknown'}.`,
    mend: 'See them all in chat with `sources`; what is still being tried goes out by itself once the cause is gone.',
  };
}
