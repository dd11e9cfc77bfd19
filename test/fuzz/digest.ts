/** What people can change, as one hash; and what must hold however it was changed. */
import { createHash } from 'node:crypto';
import { verifyChain } from '../../src/store/audit-verify.ts';
import type { Store } from '../../src/store/open.ts';
import { PRIVILEGED } from './people.ts';

const STATE = [
  'Anomaly',
  'AnomalyEvent',
  'Budget',
  'BudgetRequest',
  'Owner',
  'Subscription',
  'Pin',
  'PlannedSpend',
  'Proposal',
  'ProposalItem',
  'ProposalApproval',
  'Saving',
  'TimeToLive',
  'OffHoursTurn',
  'ChangeEvent',
  'OutboxMessage',
  'Team',
  'Member',
  'Identity',
  'Membership',
  'Model',
];

/** SHA-256 over every row of the state tables. */
export async function digestState(store: Store): Promise<string> {
  const hash = createHash('sha256');
  for (const table of STATE) {
    const rows = await store.$queryRawUnsafe<object[]>(`SELECT * FROM "${table}" ORDER BY rowid`);
    hash.update(
      JSON.stringify([table, rows], (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
    );
  }
  return hash.digest('hex');
}

/** Sentences about what must not be; none when all is well. */
export async function wrongs(store: Store): Promise<string[]> {
  const chain = await verifyChain(store);
  const entries = await store.auditEntry.findMany();
  const allowed = [...PRIVILEGED.map((id) => `slack:${id}`), 'system:settings', 'console:root'];
  const strange = entries.filter(
    ({ action, actor }) => !action.startsWith('refused.') && !allowed.includes(actor),
  );
  const own = await store.$queryRawUnsafe<object[]>(
    'SELECT a.id FROM "ProposalApproval" a JOIN "Proposal" p ON p.id = a."proposalId" WHERE p."requestedBy" = a.actor',
  );
  return [
    ...(chain.ok ? [] : [`The audit is not whole: ${chain.broken?.why}`]),
    ...strange.map(({ action, actor }) => `${actor} did ${action}`),
    ...(own.length > 0 ? ['Somebody decided about their own proposal.'] : []),
  ];
}
