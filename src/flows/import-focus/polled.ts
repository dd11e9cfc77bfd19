/** What an import does differently for a live source: whole days give way, and suspicious losses are refused. */
import type { Day } from '../../core/day.ts';
import { isZeroDecimal } from '../../core/decimal.ts';
import { AppError } from '../../core/errors.ts';
import type { StagedCharges } from '../../sources/types.ts';
import { type BillDayRow, findBills, findBillsOn } from '../../store/bills.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { type BillPlan, planBill } from './plan.ts';
import { type LostBill, planDays } from './replace-days.ts';
import type { ImportRequest, MovedDay } from './types.ts';

export async function planAll(
  tx: StoreTransaction,
  source: string,
  request: ImportRequest,
  staged: StagedCharges,
): Promise<{ readonly plans: readonly BillPlan[]; readonly lost: readonly LostBill[] }> {
  const accounts = staged.bills.map((bill) => bill.account);
  const stored = await findBills(tx, source, accounts);
  const days = request.poll?.days;
  if (!days) {
    const plans = staged.bills.map((bill, index) => {
      const known = stored.find(
        (one) => one.account === bill.account && one.periodStart === bill.periodStart,
      );
      return planBill(index, bill, known, request.add ?? false);
    });
    return { plans, lost: [] };
  }
  const known = new Map(stored.map((bill) => [bill.id, bill]));
  for (const bill of await findBillsOn(tx, source, days.start, days.end)) known.set(bill.id, bill);
  return planDays(staged.bills, [...known.values()], days);
}

/** So many complete days with cost are not lost by a correction. */
const SUSPICIOUS_DAYS = 3;

/**
 * Throws UPSTREAM when some complete days that had cost come back without any charge: rather a right that was taken
 * away, or a table that was emptied or begun anew, than a bill. `had` is what was stored of the batch's days.
 */
export function refuseLoss(
  { poll }: ImportRequest,
  staged: StagedCharges,
  had: readonly BillDayRow[],
  complete: Day | undefined,
): void {
  if (!poll?.days || poll.acceptLoss || complete === undefined) return;
  const has = new Set(staged.bills.flatMap((bill) => bill.days.map(({ day }) => day)));
  const lost = had.filter(
    ({ day, exact }) =>
      day <= complete && !has.has(day) && !isZeroDecimal(exact.billed ?? exact.effective ?? '0'),
  );
  const days = [...new Set(lost.map(({ day }) => day))].sort();
  if (days.length < SUSPICIOUS_DAYS) return;
  throw new AppError(
    'UPSTREAM',
    `${has.size === 0 ? 'Nothing came' : 'Some days are missing'} for ${poll.days.start} to ${poll.days.end}: ${days.length} days that had charges before (${days[0]} to ${days.at(-1)}) have none now. What is stored was kept.`,
    {
      hint: 'Check that the account, its rights and its table are the ones configured. If the charges are really gone, poll once with --accept-loss.',
    },
  );
}

/** Days that were complete and say something else now; days still filling up are no corrections. */
export function movedAfter(moved: readonly MovedDay[], complete: Day | undefined): MovedDay[] {
  return complete === undefined ? [] : moved.filter(({ day }) => day <= complete);
}
