/** Which burns of cost SLOs were told, and which of them are over. */
import type { Day } from '../core/day.ts';
import type { StoreTransaction } from './open.ts';

export interface StoredSloAlert {
  readonly slo: string;
  readonly rule: string;
  readonly severity: string;
  /** Last complete day when it was told. */
  readonly startedOn: Day;
  readonly burnRate: number;
  readonly endedOn?: Day;
}

/** Burns that were told and are not over. */
export async function openSloAlerts(store: StoreTransaction): Promise<StoredSloAlert[]> {
  const rows = await store.sloAlert.findMany({ where: { endedOn: null }, orderBy: { id: 'asc' } });
  return rows.map(({ slo, rule, severity, startedOn, burnRate }) => ({
    slo,
    rule,
    severity,
    startedOn,
    burnRate,
  }));
}

/** In a transaction that holds the write lock. False when it was told before and still goes on, or on this very day. */
export async function startSloAlert(tx: StoreTransaction, alert: StoredSloAlert, at: Date): Promise<boolean> {
  const { slo, rule, startedOn } = alert;
  const known = await tx.sloAlert.findFirst({
    where: { slo, rule, OR: [{ endedOn: null }, { startedOn }] },
    select: { id: true },
  });
  if (known) return false;
  const { severity, burnRate } = alert;
  await tx.sloAlert.create({ data: { slo, rule, severity, startedOn, burnRate, at } });
  return true;
}

/** False when another process ended it. */
export async function endSloAlert(
  tx: StoreTransaction,
  { slo, rule }: Pick<StoredSloAlert, 'slo' | 'rule'>,
  endedOn: Day,
): Promise<boolean> {
  const { count } = await tx.sloAlert.updateMany({ where: { slo, rule, endedOn: null }, data: { endedOn } });
  return count > 0;
}
