/** Does the chain of audit entries hold? */
import { verifyChain } from '../../store/audit-verify.ts';
import type { Store } from '../../store/open.ts';
import type { DoctorCheck } from './types.ts';

export const AUDIT = { id: 'audit', title: 'Audit' };

/** Reads every entry: a break is told with the first entry at which it shows. */
export async function checkAudit(store: Store): Promise<DoctorCheck> {
  const { ok, entries, unsealed, broken } = await verifyChain(store);
  const count = entries === 1 ? 'One entry' : `${entries} entries`;
  if (!ok)
    return {
      ...AUDIT,
      status: 'fail',
      detail: `The chain is broken: ${broken?.why ?? 'it cannot be read.'}`,
      mend: 'Somebody changed the database by hand. Compare with a backup: pennywatch audit export of both shows what differs.',
    };
  const detail =
    entries === 0
      ? 'There are no entries yet.'
      : unsealed > 0
        ? `${count} of before the chain; the next entry chains them.`
        : `${count}, and the chain holds.`;
  return { ...AUDIT, status: 'ok', detail };
}
