/** Scopes that cover the same cost: what the paths do not show, the amounts do. */
import { addDecimals, isZeroDecimal } from '../../core/decimal.ts';
import { AppError } from '../../core/errors.ts';
import type { Charge } from '../types.ts';
import { groupBy } from './cells.ts';
import type { Scope } from './scope.ts';

interface Asked {
  readonly scope: Scope;
  readonly charges: readonly Charge[];
}

/** Throws CONFIG when a subscription costs exactly the same, day for day, in two scopes: it would be counted twice. */
export function refuseOverlap(before: readonly Asked[], now: Asked): void {
  const mine = perSubscription(now.charges);
  for (const other of before) {
    // Two resource groups are never the same, however alike they are.
    if (other.scope.known.has('ResourceGroupName') && now.scope.known.has('ResourceGroupName')) continue;
    const theirs = perSubscription(other.charges);
    const twice = [...mine].find(([subscription, sums]) => theirs.get(subscription) === sums)?.[0];
    if (twice !== undefined)
      throw new AppError(
        'CONFIG',
        `Subscription ${twice} costs the same to the digit in ${other.scope.path} and in ${now.scope.path}: its cost would be counted twice.`,
        { hint: 'Leave one of the two scopes out of pennywatch.yaml.' },
      );
  }
}

function perSubscription(charges: readonly Charge[]): Map<string, string> {
  const known = charges.filter(({ SubAccountId }) => SubAccountId !== undefined);
  const groups = [...groupBy(known, ({ SubAccountId }) => SubAccountId ?? '')];
  return new Map(groups.map(([id, of]) => [id, sums(of)] as const).filter(([, text]) => text !== ''));
}

/** "" where nothing was billed: two idle scopes are alike without being the same. */
function sums(charges: readonly Charge[]): string {
  const days = groupBy(
    charges,
    ({ ChargePeriodStart, BillingCurrency }) => `${ChargePeriodStart} ${BillingCurrency}`,
  );
  const lines = [...days].map(([day, of]) => {
    const sum = addDecimals('0', ...of.map(({ BilledCost }) => BilledCost)) ?? '0';
    return isZeroDecimal(sum) ? '' : `${day} ${sum}`;
  });
  return lines
    .filter((line) => line !== '')
    .sort()
    .join('\n');
}
